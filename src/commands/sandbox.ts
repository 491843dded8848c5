/** `postolka sandbox`: the sandbox ISDS alone, for other programs to try their hand at. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { selfSigned } from '../certificates/index.ts';
import { demoBoxes, demoLogins, type Sandbox, startSandbox } from '../sandbox/index.ts';
import { stopSignal } from './stop-signal.ts';

/** The certificates that a gateway needs for a login by certificate; made anew at every start. */
interface Certificates {
  readonly folder: string;
  /** The sandbox's own, in PEM. */
  readonly server: string;
}

/** Port 0 takes a free one; with a folder for certificates it speaks HTTPS. Resolves with the exit status after SIGTERM. */
export async function sandbox(port: number, folder: string | undefined): Promise<number> {
  const stop = stopSignal();
  const tls = folder === undefined ? undefined : await selfSigned();
  const started = await startSandbox({ port, newNumbers: true, ...(tls === undefined ? {} : { tls }) });
  const logins = demoLogins.map(
    ({ name, password, boxId, description }) => `  ${name}  ${password}  box ${boxId}  (${description})`,
  );
  process.stdout.write(`Sandbox ISDS at ${started.url} (services under /DS/)\n${logins.join('\n')}\n`);
  if (folder !== undefined && tls !== undefined) {
    process.stdout.write(await writeCertificates(started, { folder: resolve(folder), server: tls.cert }));
  }
  await stop;
  await started.close();
  return 0;
}

async function writeCertificates(started: Sandbox, { folder, server }: Certificates): Promise<string> {
  const { certificate, key } = started.issueCertificate(demoBoxes.company);
  const files = {
    ca: join(folder, 'sandbox.pem'),
    certificate: join(folder, 'system.pem'),
    key: join(folder, 'system.key'),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(files.ca, server);
  await writeFile(files.certificate, certificate);
  await writeFile(files.key, key, { mode: 0o600 });
  return `  Without a password, under /cert/DS/: box ${demoBoxes.company} by ${files.certificate} with ${files.key}
  The sandbox's own certificate: ${files.ca}\n`;
}
