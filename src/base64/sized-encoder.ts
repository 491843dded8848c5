/** A file written as base64 while it streams, and stopped before its last octets when it is not as long as was said. */

/** Three octets make four characters; only a chunk of whole triples has no padding inside the text. */
const GROUP = 3;

/** Characters of so many octets. */
export function base64Length(octets: number): number {
  return Math.ceil(octets / GROUP) * 4;
}

/** The base64 text in pieces; their lengths add up to `base64Length(size)`, or this throws `differs()` before they do. */
export async function* encodeSized(
  source: AsyncIterable<Buffer>,
  size: number,
  differs: () => Error,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let received = 0;
  for await (const chunk of source) {
    received += chunk.length;
    if (received > size) throw differs();
    const octets = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = octets.length - (octets.length % GROUP);
    // What may be the end of the file waits until its size is known to be right.
    const certain = received === size ? Math.max(0, whole - GROUP) : whole;
    if (certain > 0) yield toBase64(octets.subarray(0, certain));
    // A copy, because the source may use its buffer again.
    rest = Buffer.from(octets.subarray(certain));
  }
  if (received !== size) throw differs();
  if (rest.length > 0) yield toBase64(rest);
}

function toBase64(octets: Buffer): Buffer {
  return Buffer.from(octets.toString('base64'), 'latin1');
}
