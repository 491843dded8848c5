/** Everything that a mail program meets on its way, looked at from outside. */
import type { Announcement } from '../setup/index.ts';
import type { Finding } from './finding.ts';
import { checkIsds } from './isds.ts';
import { checkPorts, type ExaminationOptions } from './ports.ts';
import { checkRecords } from './records.ts';
import { checkWeb } from './web.ts';

export interface Examination extends ExaminationOptions {
  /** Origins of the ISDS services that are used. */
  readonly isds: readonly string[];
  /** Certificates trusted for ISDS in place of the system's. */
  readonly isdsCa?: readonly string[] | undefined;
}

export async function examine(announcement: Announcement, examination: Examination): Promise<Finding[]> {
  const { directory, isds, isdsCa } = examination;
  const parts = await Promise.all([
    checkPorts(announcement, examination),
    checkWeb(announcement, examination),
    checkRecords(announcement, directory),
    ...isds.map((origin) => checkIsds(origin, directory, isdsCa)),
  ]);
  return parts.flat();
}
