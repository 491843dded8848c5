/** `postolka check`: is everything there that mail programs need? Logs in nowhere and says nothing to ISDS. */
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { loadConfig, systemClock } from '../core/index.ts';
import { announceConfigured, examine, systemDirectory, worded } from '../setup/index.ts';

/** Where programs look for settings, whatever port the service behind it listens on. */
const HTTPS_PORT = 443;

/** A line for each finding; exit status 1 when one of them keeps somebody from his mail, as monitoring systems expect. */
export async function check(configPath: string | undefined): Promise<number> {
  const config = loadConfig(configPath, process.env);
  const { domain, baseUrls, caFile } = config.isds;
  const findings = await examine(announceConfigured(config), {
    directory: systemDirectory(),
    clock: systemClock,
    httpsPort: HTTPS_PORT,
    isds: baseUrls.ws1 ?? `https://ws1.${domain}`,
    isdsCa: caFile === undefined ? undefined : [...getCACertificates(), readFileSync(caFile, 'utf8')],
  });
  for (const finding of findings) process.stdout.write(`${worded(finding)}\n`);
  return findings.some(({ level }) => level === 'fault') ? 1 : 0;
}
