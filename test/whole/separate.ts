/** The gateway as a process of its own in front of a sandbox here, for what a process as a whole needs. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { BUILT, postolka } from '../commands/postolka.ts';
import { firstLine } from '../first-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addressesOf, domain, settings, type Visited } from './whole.ts';
import { systemClock } from '../../src/core/index.ts';

const MEBIBYTE_IN_KIBIBYTES = 1_024;

export interface Separate extends Visited {
  /** Most memory that the process has had at once, in MiB. */
  readonly peakMemory: () => number;
}

export async function startSeparate(): Promise<Separate> {
  const folder = temporaryFolder();
  const { key, cert } = await selfSigned(systemClock, ['localhost']);
  const [keyFile, certificateFile] = [join(folder, 'klic.pem'), join(folder, 'certifikat.pem')];
  await Promise.all([writeFile(keyFile, key), writeFile(certificateFile, cert)]);
  const sandbox = await startSandbox({ clock: systemClock });
  const { variables, options } = firstLine();
  const environment = {
    ...variables,
    ...settings,
    ...addressesOf(sandbox),
    POSTOLKA_DATA_DIRECTORY: join(folder, 'data'),
    POSTOLKA_SPOOL_DIRECTORY: folder,
    POSTOLKA_TLS_KEY_FILE: keyFile,
    POSTOLKA_TLS_CERTIFICATE_FILE: certificateFile,
  };
  const running = postolka(['serve'], environment, options, BUILT);
  const { process: child, ended } = running;
  const log: Record<string, unknown>[] = [];
  child.stdout?.on('data', (octets: Buffer) => {
    for (const line of octets.toString().split('\n').filter(Boolean))
      log.push(JSON.parse(line) as Record<string, unknown>);
  });
  const [, ports] = await running.output(/"ports":(\{[^}]*\})/);
  return {
    sandbox,
    gateway: { ports: JSON.parse(ports ?? ''), certificate: cert },
    domain,
    log,
    peakMemory: () => {
      const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      return Number(kibibytes) / MEBIBYTE_IN_KIBIBYTES;
    },
    async stop() {
      child.kill();
      await ended;
      await sandbox.close();
    },
  };
}
