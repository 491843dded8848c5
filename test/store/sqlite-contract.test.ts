/** SQLite keeps what any store promises, in a file and in memory. */
import { join } from 'node:path';
import { describe } from 'vitest';
import { memoryStore, openStore } from '../../src/store/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { twoGatewaysContract } from '../outbox/two-gateways.ts';
import { storeContract } from './contract.ts';

describe('in a file', () => {
  storeContract(async () => {
    const path = join(temporaryFolder(), 'data', 'postolka.sqlite');
    return { open: () => openStore(path), beside: async (store) => store };
  });
});

describe('in memory', () => {
  twoGatewaysContract(async () => ({ open: async () => memoryStore(), beside: async (store) => store }));
});
