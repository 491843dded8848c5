/** `postolka dns [address…]`: the records to publish for the configured domain, as a part of a zone file. */
import { isIP } from 'node:net';
import { loadConfig } from '../config/index.ts';
import { announceConfigured, zone } from '../setup/index.ts';

/** Exit status of a call that was not understood. */
const MISUSED = 2;

export async function dns(configPath: string | undefined, addresses: readonly string[]): Promise<number> {
  const wrong = addresses.find((address) => isIP(address) === 0);
  if (wrong !== undefined) {
    process.stderr.write(`${wrong} is not an IP address.\n`);
    return MISUSED;
  }
  process.stdout.write(zone(announceConfigured(loadConfig(configPath, process.env)), addresses));
  return 0;
}
