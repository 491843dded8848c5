/** Reading an answer's octets with a bound on each way of reading. */
import { IsdsError } from '../error.ts';

/** The octets one after the other, refused as soon as they exceed the limit. */
export async function* limited(body: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > limit) throw new IsdsError({ kind: 'oversized', limit });
    yield chunk;
  }
}

/** The beginning of a page that is only looked at; a page that breaks off is as good as it is. */
export async function readAtMost(body: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      received += chunk.length;
      if (received >= limit) break;
    }
  } catch {
    // The HTTP status has been read and tells enough.
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
