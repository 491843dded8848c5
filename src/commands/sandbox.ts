/** `postolka sandbox`: the sandbox ISDS alone, for other programs to try their hand at. */
import { resolve } from 'node:path';
import { selfSigned } from '../certificates/index.ts';
import { demoBoxes, demoLogins, startSandbox } from '../sandbox/index.ts';
import { writeCertificates } from './sandbox-certificates.ts';
import { stopSignal } from './stop-signal.ts';
import { systemClock } from '../core/index.ts';

/**
 * Port 0 takes a free one; with a folder it speaks HTTPS and writes certificates there, anew at every start. Resolves
 * with the exit status after SIGTERM.
 */
export async function sandbox(port: number, folder: string | undefined): Promise<number> {
  const stop = stopSignal();
  const tls = folder === undefined ? undefined : await selfSigned(systemClock);
  const started = await startSandbox({
    port,
    clock: systemClock,
    newNumbers: true,
    ...(tls === undefined ? {} : { tls }),
  });
  const logins = demoLogins.map(
    ({ name, password, boxId, description }) => `  ${name}  ${password}  box ${boxId}  (${description})`,
  );
  process.stdout.write(`Sandbox ISDS at ${started.url} (services under /DS/)\n${logins.join('\n')}\n`);
  if (folder !== undefined && tls !== undefined) {
    const boxId = demoBoxes.company;
    const files = await writeCertificates(started, { boxId, folder: resolve(folder), server: tls.cert });
    process.stdout.write(`  Without a password, under /cert/DS/: box ${boxId} by ${files.certificate} with ${files.key}
  The sandbox's own certificate: ${files.ca}\n`);
  }
  await stop;
  await started.close();
  return 0;
}
