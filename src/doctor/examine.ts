/** Everything that a mail program meets on its way, records at from outside. */
import { type Announcement, type DnsRecord, recordsOf } from '../setup/index.ts';
import { type Finding, advice, ok } from './finding.ts';
import { checkIsds } from './isds.ts';
import { checkPorts, type ExaminationOptions } from './ports.ts';
import { checkWeb } from './web.ts';
import type { Directory } from './directory.ts';

/** What is examined, and from what ground. */
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

type MailRecord = DnsRecord & { readonly type: 'MX' | 'SRV' | 'TXT' };

/** No mail program needs all of them, so what is missing is advice. */
function checkRecords(announcement: Announcement, directory: Directory): Promise<Finding[]> {
  const records = recordsOf(announcement).filter((record): record is MailRecord =>
    ['MX', 'SRV', 'TXT'].includes(record.type),
  );
  return Promise.all(records.map((record) => checkRecord(record, directory)));
}

async function checkRecord({ name, type, value }: MailRecord, directory: Directory): Promise<Finding> {
  const what = `${type} ${name}`;
  try {
    const published = await directory.records(name, type);
    if (published.includes(value)) return ok(what);
    const found = published.length === 0 ? 'is not published' : `is ${published.join(' and ')}`;
    return advice(what, `${found}; publish ${value}`);
  } catch (error) {
    return advice(what, `the name server does not say (${error instanceof Error ? error.message : String(error)})`);
  }
}
