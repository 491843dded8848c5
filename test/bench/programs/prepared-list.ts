/** A list of as many messages as wanted, made from the record of one. */

/** The messages lie a minute apart, the newest one came an hour ago. */
const APART_MS = 60_000;
const NEWEST_AGE_MS = 3_600_000;

/** Answers a request with what it asks for, newest first (isds §4.1). */
export function preparedList(answer: Buffer, listed: number): (request: string) => Buffer {
  const text = answer.toString();
  const start = text.search(/<\w+:dmRecord[ >]/);
  const end = text.search(/<\/\w+:dmRecords>/);
  const record = text.slice(start, end);
  // The newest keeps its number, which its signed original holds as well.
  const newestNumber = Number(/:dmID>([^<]*)/.exec(record)?.[1]);
  const newest = Date.now() - NEWEST_AGE_MS;
  const records = Array.from({ length: listed }, (_, age) => {
    const at = newest - age * APART_MS;
    return { at, octets: Buffer.from(numbered(record, newestNumber - age, new Date(at).toISOString())) };
  });
  return (request) => {
    const from = moment(request, 'dmFromTime') ?? 0;
    const to = moment(request, 'dmToTime') ?? Number.POSITIVE_INFINITY;
    const limit = Number(/<dmLimit>(\d+)</.exec(request)?.[1] ?? 1_000);
    const within = records.filter(({ at }) => at >= from && at <= to).slice(0, limit);
    return Buffer.concat([
      Buffer.from(text.slice(0, start)),
      ...within.map(({ octets }) => octets),
      Buffer.from(text.slice(end)),
    ]);
  };
}

function moment(request: string, name: string): number | undefined {
  const text = new RegExp(`<${name}>([^<]+)<`).exec(request)?.[1];
  return text === undefined ? undefined : Date.parse(text);
}

function numbered(record: string, dmID: number, at: string): string {
  return record
    .replace(/(<\w+:dmID>)[^<]*/, `$1${dmID}`)
    .replace(/(<\w+:dm(?:Delivery|Acceptance)Time[^>]*>)[^<]*/g, `$1${at}`);
}
