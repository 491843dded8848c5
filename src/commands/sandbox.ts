/** `postolka sandbox`: the sandbox ISDS alone, for other programs to try their hand at. */
import { demoLogins, startSandbox } from '../sandbox/index.ts';
import { stopSignal } from './stop-signal.ts';

/** Port 0 takes a free one. Resolves with the exit status after SIGTERM. */
export async function sandbox(port: number): Promise<number> {
  const stop = stopSignal();
  const started = await startSandbox({ port });
  const logins = demoLogins.map(
    ({ name, password, boxId, description }) => `  ${name}  ${password}  box ${boxId}  (${description})`,
  );
  process.stdout.write(`Sandbox ISDS at ${started.url} (services under /DS/)\n${logins.join('\n')}\n`);
  await stop;
  await started.close();
  return 0;
}
