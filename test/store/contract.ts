/** What any store promises, whatever keeps it. */
import { describe } from 'vitest';
import { twoGatewaysContract } from '../outbox/two-gateways.ts';
import { deliveriesContract } from './contract-deliveries.ts';
import { loginsContract } from './contract-logins.ts';
import { readingContract } from './contract-reading.ts';
import { submissionsContract } from './contract-submissions.ts';
import type { NewPlace } from './place.ts';

export function storeContract(newPlace: NewPlace): void {
  describe('reading', () => {
    readingContract(newPlace);
  });
  describe('the record of deliveries', () => {
    deliveriesContract(newPlace);
  });
  describe('log-ins', () => {
    loginsContract(newPlace);
  });
  describe('submissions', () => {
    submissionsContract(newPlace);
  });
  describe('two outboxes at work on it', () => {
    twoGatewaysContract(newPlace);
  });
}
