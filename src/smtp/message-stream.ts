/** The octets of one message between DATA and the final dot. */
import type { SMTPServerDataStream } from 'smtp-server';
import { Refused } from '../refusals/index.ts';

/** Reads to the end and no octet further than the limit; leaves the stream open when it stops early. */
export async function* withinSize(
  stream: SMTPServerDataStream,
  maxOctets: number,
  tooLarge: () => Refused,
): AsyncGenerator<Buffer> {
  let octets = 0;
  for await (const chunk of openIterator(stream)) {
    octets += chunk.length;
    if (octets > maxOctets) throw tooLarge();
    yield chunk;
  }
}

/**
 * Throws away what is left, because a reply may come only after the final dot (RFC 5321 §3.3). False when it is more than
 * `maxOctets`: whoever goes on with that much neither declared its size nor will stop by itself.
 */
export async function discardRest(stream: SMTPServerDataStream, maxOctets: number): Promise<boolean> {
  let octets = 0;
  for await (const chunk of openIterator(stream)) {
    octets += chunk.length;
    if (octets > maxOctets) return false;
  }
  return true;
}

function openIterator(stream: SMTPServerDataStream): AsyncIterable<Buffer> {
  return stream.iterator({ destroyOnReturn: false });
}
