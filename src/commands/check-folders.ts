/** Whether the gateway's folders are there and can be written by whoever asks. */
import { access, constants } from 'node:fs/promises';
import type { Config } from '../config/index.ts';
import { advice, type Finding, ok } from '../doctor/index.ts';
import { spoolDirectoryOf } from '../gateway/index.ts';
import { requireSpoolDirectory } from '../spool/index.ts';

/** Advice only, as the check may be run by somebody else than the gateway; a gateway without its folders does not start. */
export async function folderFindings(config: Config): Promise<Finding[]> {
  const { dataDirectory } = config;
  const looks: readonly [what: string, look: Promise<void>][] = [
    [`dataDirectory ${dataDirectory}`, access(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK)],
    [`spoolDirectory ${spoolDirectoryOf(config)}`, requireSpoolDirectory(spoolDirectoryOf(config))],
  ];
  const seen = await Promise.allSettled(looks.map(([, look]) => look));
  return seen.map((result, index) => {
    const what = looks[index]?.[0] ?? '';
    if (result.status === 'fulfilled') return ok(what);
    return advice(what, `is of no use to the user who runs this check: ${String(result.reason)}`);
  });
}
