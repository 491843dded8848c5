/** `postolka serve`: the gateway as its configuration says. */
import { join } from 'node:path';
import { type Gateway, startGateway } from '../gateway/index.ts';
import { serveControl } from '../control/index.ts';
import { createLog, systemClock } from '../core/index.ts';
import { loadConfig } from '../config/index.ts';
import { openStore } from '../store/index.ts';
import { controlSocketOf } from './control-path.ts';
import { stopSignal } from './stop-signal.ts';

const STORE_FILE = 'postolka.sqlite';

/** Without a file, all settings come from the environment. Resolves with the exit status after SIGTERM. */
export async function serve(configPath: string | undefined): Promise<number> {
  const stop = stopSignal();
  let gateway: Gateway | undefined;
  // From the beginning, for without a listener the signal would end the process.
  const renew = (): void => void gateway?.renewCertificates();
  process.on('SIGHUP', renew);
  const config = loadConfig(configPath, process.env);
  const log = createLog(config.log.level);
  const store = await openStore(join(config.dataDirectory, STORE_FILE));
  try {
    gateway = await startGateway(config, { store, log, clock: systemClock });
    const control = await serveControl(controlSocketOf(config), gateway.control, log);
    await stop;
    await control.close();
    await gateway.close();
    return 0;
  } finally {
    process.off('SIGHUP', renew);
    await store.close();
  }
}
