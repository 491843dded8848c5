/** What a gateway needs to speak to a sandbox over HTTPS, and to log in to it without a password, as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/index.ts';

/** Paths of files in PEM. */
export interface SandboxCertificates {
  /** The sandbox's own certificate. */
  readonly ca: string;
  /** A system certificate that is registered to the box (isds §2.1), with its key. */
  readonly certificate: string;
  readonly key: string;
}

/** Makes the folder when it is not there; `server` is the sandbox's own certificate. */
export async function writeCertificates(
  sandbox: Sandbox,
  { boxId, folder, server }: { readonly boxId: string; readonly folder: string; readonly server: string },
): Promise<SandboxCertificates> {
  const { certificate, key } = sandbox.issueCertificate(boxId);
  const files = {
    ca: join(folder, 'sandbox.pem'),
    certificate: join(folder, 'system.pem'),
    key: join(folder, 'system.key'),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(files.ca, server);
  await writeFile(files.certificate, certificate);
  await writeFile(files.key, key, { mode: 0o600 });
  return files;
}
