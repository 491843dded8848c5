/** The whole house in one process: a gateway on free ports of this computer in front of a sandbox ISDS. */
import { createLog, loadConfig, systemClock, type Clock } from '../../src/core/index.ts';
import { startGateway, type Gateway } from '../../src/app.ts';
import { startSandbox, type Population, type Sandbox } from '../../src/sandbox/index.ts';
import type { TlsMaterial } from '../../src/net/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';

export interface Whole {
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly domain: string;
  /** Log lines of the gateway, parsed. */
  readonly log: Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface WholeOptions {
  readonly population?: Population;
  readonly clock?: Clock;
  /** One that outlives this house; it is not closed with it. */
  readonly store?: Store;
  /** Makes the sandbox speak HTTPS, and the gateway trust it. */
  readonly tls?: TlsMaterial;
  /** Writes the gateway's configuration file, for what the environment cannot say. */
  readonly configFile?: (sandbox: Sandbox) => string;
  /** Settings by environment variable, over those of the tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export const domain = 'datovka.localhost';

const settings = {
  POSTOLKA_DOMAIN: domain,
  POSTOLKA_POP3_HOST: '127.0.0.1',
  POSTOLKA_POP3_TLS_PORT: '0',
  POSTOLKA_POP3_START_TLS_PORT: '0',
  POSTOLKA_SMTP_HOST: '127.0.0.1',
  POSTOLKA_SMTP_TLS_PORT: '0',
  POSTOLKA_SMTP_START_TLS_PORT: '0',
  POSTOLKA_DRAIN_SECONDS: '1',
  // Every poll asks, so that a test sees what another session has just sent.
  POSTOLKA_PICKUP_INTERVAL_MINUTES: '0',
};

export async function startWhole(options: WholeOptions = {}): Promise<Whole> {
  const clock = options.clock ?? systemClock;
  const sandbox = await startSandbox({
    clock,
    ...(options.population === undefined ? {} : { population: options.population }),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });
  const config = loadConfig(options.configFile?.(sandbox), {
    ...settings,
    POSTOLKA_ISDS_BASE_URLS_WS1: sandbox.url,
    POSTOLKA_ISDS_BASE_URLS_WS1C: sandbox.url,
    POSTOLKA_ISDS_BASE_URLS_WS2: sandbox.url,
    POSTOLKA_ISDS_BASE_URLS_WS2C: sandbox.url,
    ...options.settings,
  });
  const log: Record<string, unknown>[] = [];
  const store = options.store ?? openStore(':memory:');
  const gateway = await startGateway(config, {
    store,
    clock,
    log: createLog('debug', { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) }),
  });
  return {
    sandbox,
    gateway,
    store,
    domain,
    log,
    async stop() {
      await gateway.close();
      await sandbox.close();
      if (options.store === undefined) store.close();
    },
  };
}
