/** `postolka check`: is everything there that mail programs need? Logs in nowhere and asks ISDS nothing. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { certificateFiles, issuedNames } from '../certificates/index.ts';
import { type Config, loadConfig } from '../config/index.ts';
import { systemClock } from '../core/index.ts';
import { announceConfigured, certificateNames } from '../setup/index.ts';
import { examine, type Finding, systemDirectory, worded } from '../doctor/index.ts';
import { folderFindings } from './check-folders.ts';

/** Where programs and authorities look, whatever ports the service behind them listens on. */
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** A line for each finding; exit status 1 when one of them keeps somebody from his mail, as monitoring systems expect. */
export async function check(configPath: string | undefined): Promise<number> {
  const config = loadConfig(configPath, process.env);
  const { caFile } = config.isds;
  const announcement = announceConfigured(config);
  const { pairs, unreadable } = await readFiles(config);
  const known = new Set(certificateNames(announcement));
  const findings = await examine(announcement, {
    directory: systemDirectory(),
    clock: systemClock,
    httpsPort: HTTPS_PORT,
    httpPort: config.setup.httpPort === undefined ? undefined : HTTP_PORT,
    issuedNames: issuedNames(config, pairs),
    moreNames: [...new Set(pairs.flatMap(({ cert }) => namesOf(cert)))].filter((name) => !known.has(name)),
    isds: isdsOrigins(config),
    isdsCa: caFile === undefined ? undefined : [...getCACertificates(), readFileSync(caFile, 'utf8')],
  });
  const all = [...(await folderFindings(config)), ...unreadable, ...findings];
  for (const finding of all) process.stdout.write(`${worded(finding)}\n`);
  return all.some(({ level }) => level === 'fault') ? 1 : 0;
}

/** Whoever runs the check may not be the one who may read keys; what is served is looked at from outside anyway. */
async function readFiles(config: Config) {
  const files = certificateFiles(config);
  const read = await Promise.allSettled(files.map((one) => one.read()));
  const unreadable: Finding[] = read.flatMap((result, index) =>
    result.status === 'fulfilled'
      ? []
      : [
          {
            level: 'advice',
            what: files[index]?.source ?? 'tls',
            why: `cannot be looked at: ${String(result.reason)}`,
          },
        ],
  );
  return { pairs: read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])), unreadable };
}

/** The names that a certificate lists one by one; those with an asterisk are no hosts. */
function namesOf(cert: string): string[] {
  const listed = new X509Certificate(cert).subjectAltName ?? '';
  return Array.from(listed.matchAll(/(?:^|, )DNS:([a-z0-9.-]+)(?=,|$)/gi), ([, name = '']) => name.toLowerCase());
}

function isdsOrigins({ isds: { domain, baseUrls }, certificates }: Config): string[] {
  const passwords = baseUrls.ws1 ?? `https://ws1.${domain}`;
  return certificates.length === 0 ? [passwords] : [passwords, baseUrls.ws1c ?? `https://ws1c.${domain}`];
}
