/** The whole house in one process: a gateway on free ports of this computer in front of a sandbox ISDS. */
import { createLog, TIME_BUDGETS, type TimeBudgets, systemClock, type Clock } from '../../src/core/index.ts';
import { loadConfig } from '../../src/config/index.ts';
import { startGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { startSandbox, type Population, type Sandbox } from '../../src/sandbox/index.ts';
import type { TlsMaterial } from '../../src/net/index.ts';
import { memoryStore, type Store } from '../../src/store/index.ts';
import { freePorts } from '../support/gateway-settings.ts';

/** A house as mail programs and ISDS see it, wherever its gateway runs. */
export interface Visited {
  readonly sandbox: Sandbox;
  readonly gateway: Pick<Gateway, 'ports' | 'certificate'>;
  readonly domain: string;
  /** Log lines of the gateway, parsed. */
  readonly log: Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface Whole extends Visited {
  readonly gateway: Gateway;
  readonly store: Store;
}

export interface WholeOptions {
  readonly population?: Population;
  readonly clock?: Clock;
  /** Of the sandbox, where it shows another time. */
  readonly isdsClock?: Clock;
  /** How long mail programs are kept waiting, where that is not the usual time. */
  readonly timeBudgets?: TimeBudgets;
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

export const settings = {
  POSTOLKA_DOMAIN: domain,
  ...freePorts,
  POSTOLKA_LOGIN_WITHOUT_TLS: 'loopback',
  POSTOLKA_DRAIN_SECONDS: '1',
  // Every poll asks, so that a test sees what another session has just sent.
  POSTOLKA_PICKUP_INTERVAL_MINUTES: '0',
};

export async function startWhole(options: WholeOptions = {}): Promise<Whole> {
  const clock = options.clock ?? systemClock;
  const sandbox = await startSandbox({
    clock: options.isdsClock ?? clock,
    ...(options.population === undefined ? {} : { population: options.population }),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });
  const config = loadConfig(options.configFile?.(sandbox), {
    ...settings,
    ...addressesOf(sandbox),
    ...options.settings,
  });
  const log: Record<string, unknown>[] = [];
  const store = options.store ?? memoryStore();
  const gateway = await startGateway(config, {
    store,
    clock,
    timeBudgets: options.timeBudgets ?? TIME_BUDGETS,
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
      if (options.store === undefined) await store.close();
    },
  };
}

/** The sandbox has all service families at one address. */
export function addressesOf({ url }: Sandbox): Record<string, string> {
  const families = ['WS1', 'WS1C', 'WS2', 'WS2C'];
  return Object.fromEntries(families.map((family) => [`POSTOLKA_ISDS_BASE_URLS_${family}`, url]));
}
