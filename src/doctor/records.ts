/** Are the records published as `postolka dns` prints them? */
import { type Announcement, type DnsRecord, recordsOf } from '../setup/index.ts';
import type { Directory } from './directory.ts';
import { advice, type Finding, ok } from './finding.ts';

type Looked = DnsRecord & { readonly type: 'MX' | 'SRV' | 'TXT' };

/** No mail program needs all of them, so what is missing is advice. */
export function checkRecords(announcement: Announcement, directory: Directory): Promise<Finding[]> {
  const looked = recordsOf(announcement).filter((record): record is Looked =>
    ['MX', 'SRV', 'TXT'].includes(record.type),
  );
  return Promise.all(looked.map((record) => checkRecord(record, directory)));
}

async function checkRecord({ name, type, value }: Looked, directory: Directory): Promise<Finding> {
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
