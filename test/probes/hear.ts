/** Takes an answer off the wire and compares it with what must be heard. */
import type { Expected } from './probe.ts';
import type { NoAnswer, Wire } from './wire.ts';

/** An answer's line has at most 512 octets, CRLF included (RFC 2449 §4), and is ASCII (RFC 1939 §3). */
const PROPER_LINE = /^[\x20-\x7e]{1,510}$/;
const OK_LINE = /^\+OK( |$)/;
const HEARD_SHOWN = 60;

/** What is wrong with the next answer; undefined when it is as expected. */
export async function hear(wire: Wire, expected: Expected): Promise<string | undefined> {
  if (expected.kind === 'closed') {
    const end = await wire.closed();
    if (end === 'closed') return undefined;
    return end === 'silent' ? 'was not closed' : `heard instead of the close ${shown(end)}`;
  }
  const first = await wire.line();
  if (typeof first === 'string') return first;
  const line = first.toString('latin1');
  if (!PROPER_LINE.test(line)) return `improper line ${shown(first)}`;
  const shape = expected.kind === 'line' ? expected.shape : OK_LINE;
  if (!shape.test(line)) return `heard ${shown(first)}`;
  if (expected.kind === 'line') return undefined;
  return body(expected, line, await wire.lines());
}

function body(
  expected: Extract<Expected, { kind: 'lines' | 'mail' }>,
  first: string,
  heard: Buffer | NoAnswer,
): string | undefined {
  if (typeof heard === 'string') return `${heard} within the answer`;
  if (expected.kind === 'lines') return expected.lines(heard.toString('latin1').split('\r\n').slice(0, -1));
  const announced = /^\+OK (\d+) octets/.exec(first)?.[1];
  const content = undoubled(heard);
  if (!content.equals(expected.content)) return difference(content, expected.content);
  if (!expected.announced || Number(announced) === content.length) return undefined;
  return `announced ${announced} octets, sent ${content.length}`;
}

/** The first dot of a line is not of the mail (RFC 1939 §3); where it was not doubled, one is missing now. */
function undoubled(heard: Buffer): Buffer {
  return Buffer.from(heard.toString('latin1').replace(/(^|\r\n)\./g, '$1'), 'latin1');
}

function difference(heard: Buffer, expected: Buffer): string {
  const at = expected.findIndex((octet, index) => heard[index] !== octet);
  if (at < 0) return `${heard.length - expected.length} octets too many: ${shown(heard.subarray(expected.length))}`;
  return `${heard.length} octets instead of ${expected.length}, differing at ${at}: ${shown(heard.subarray(at))}`;
}

/** The beginning of some octets as one line of ASCII. */
export function shown(octets: Buffer): string {
  const text = JSON.stringify(octets.toString('latin1', 0, HEARD_SHOWN)).replace(/[^\x20-\x7e]/g, '?');
  return octets.length > HEARD_SHOWN ? `${text} and more` : text;
}
