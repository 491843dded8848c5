/** How the octets of a part are written in the mail (RFC 2045 §6), and as what they are read. */
import { problems, unreadable } from '../problems.ts';
import { LenientDecoder } from '../../base64/index.ts';
import type { HeaderFields } from './header-fields.ts';
import { QuotedPrintableDecoder } from './quoted-printable-decoder.ts';

interface Decoder {
  push(octets: Buffer): Iterable<Buffer>;
  end(): Iterable<Buffer>;
}

const DECODERS: Readonly<Record<string, new () => Decoder>> = {
  base64: LenientDecoder,
  quotedprintable: QuotedPrintableDecoder,
};

/** Octets as they are, and charsets, which some programs write here. */
const AS_IT_IS = /^(?:|[78]bits?|binary|none|identity|(?:us)?ascii|utf8|iso8859\d+|windows125\d)$/;

const COMMENT = /\([^()]*\)/g;

/**
 * Reads what is clear, however loosely it is written; refuses what nobody here decodes, such as uuencode: it would be another file
 * or text (RFC 2045 §6.4).
 */
export function decoded(headers: HeaderFields, type: string, content: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const stated = headers.text('content-transfer-encoding').replace(COMMENT, '').toLowerCase();
  const encoding = (stated.split(';')[0] ?? '').replace(/[^a-z0-9]/g, '');
  if (AS_IT_IS.test(encoding)) return content;
  const DecoderOf = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (DecoderOf === undefined) throw unreadable(problems.encoding);
  const decoder = new DecoderOf();
  return encoding === 'base64' && type.startsWith('text/')
    ? decodeUnlessPlain(content, decoder)
    : decode(content, decoder);
}

/** Blanks within lines and signs that base64 does not have: some stand in damaged lines (RFC 2045 §6.8). */
const FOREIGN = /[^a-z0-9+/=\s]|[^\S\r\n]/gi;

/** With a larger share of them nothing is base64; in a text of words it is a fifth. */
const MAX_FOREIGN = 0.05;

/** As much as is looked at: what is told of a text must not depend on how the network cuts it. */
const LOOKED_AT_OCTETS = 4_096;

/** A text under a wrong word: programs and servers on the way say base64 of what they left as it was. */
async function* decodeUnlessPlain(content: AsyncGenerator<Buffer>, decoder: Decoder): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = [];
  let octets = 0;
  while (octets < LOOKED_AT_OCTETS) {
    const { value, done } = await content.next();
    if (done === true) break;
    chunks.push(value);
    octets += value.length;
  }
  const beginning = Buffer.concat(chunks);
  const lookedAt = beginning.toString('latin1', 0, LOOKED_AT_OCTETS);
  const isPlain = (lookedAt.match(FOREIGN)?.length ?? 0) > MAX_FOREIGN * lookedAt.length;
  const whole = continued(beginning, content);
  yield* isPlain ? whole : decode(whole, decoder);
}

async function* continued(beginning: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield beginning;
  yield* rest;
}

async function* decode(content: AsyncGenerator<Buffer>, decoder: Decoder): AsyncGenerator<Buffer> {
  for await (const octets of content) yield* decoder.push(octets);
  yield* decoder.end();
}
