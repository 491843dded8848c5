/** A file written as base64 while it streams, and refused before its last octets when it is not as long as was said. */
import { IsdsError } from '../error.ts';
import type { OutgoingFile } from '../outgoing.ts';

/** Three octets make four characters; only a chunk of whole triples has no padding inside the text. */
const GROUP = 3;

export function base64Length(octets: number): number {
  return Math.ceil(octets / GROUP) * 4;
}

/** The base64 text in pieces; their lengths add up to `base64Length(file.size)`, or this throws before they do. */
export async function* writeBase64(file: OutgoingFile): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let received = 0;
  for await (const chunk of file.open()) {
    received += chunk.length;
    if (received > file.size) throw differsInSize();
    const octets = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = octets.length - (octets.length % GROUP);
    // What may be the end of the file waits until its size is known to be right.
    const certain = received === file.size ? Math.max(0, whole - GROUP) : whole;
    if (certain > 0) yield toBase64(octets.subarray(0, certain));
    // A copy, because the source may use its buffer again.
    rest = Buffer.from(octets.subarray(certain));
  }
  if (received !== file.size) throw differsInSize();
  if (rest.length > 0) yield toBase64(rest);
}

function toBase64(octets: Buffer): Buffer {
  return Buffer.from(octets.toString('base64'), 'latin1');
}

export function differsInSize(): IsdsError {
  return new IsdsError({ kind: 'unsendable', problem: 'a file is not as long as it was said to be' });
}
