/** How the octets of a part are written in the mail (RFC 2045 §6), and as what they are read. */
import { problems, unreadable } from '../problems.ts';
import { Base64Decoder } from './base64-decoder.ts';
import type { HeaderFields } from './header-fields.ts';
import { QuotedPrintableDecoder } from './quoted-printable-decoder.ts';

interface Decoder {
  push(octets: Buffer): Iterable<Buffer>;
  end(): Iterable<Buffer>;
}

const DECODERS: Readonly<Record<string, new () => Decoder>> = {
  base64: Base64Decoder,
  'quoted-printable': QuotedPrintableDecoder,
};

/** Ways of writing octets as letters, whatever stands around their names; with any other word octets are as they are. */
const ENCODED = /base64|quoted-printable|uue|yenc|binhex/;

const COMMENT = /\([^()]*\)/g;

/** Refuses what nobody here decodes, such as uuencode: the file would be another one. */
export function decoded(headers: HeaderFields, content: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const encoding = headers.text('content-transfer-encoding').replace(COMMENT, '').trim().toLowerCase();
  if (!ENCODED.test(encoding)) return content;
  const DecoderOf = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (DecoderOf === undefined) throw unreadable(problems.encoding);
  return decode(content, new DecoderOf());
}

async function* decode(content: AsyncGenerator<Buffer>, decoder: Decoder): AsyncGenerator<Buffer> {
  for await (const octets of content) yield* decoder.push(octets);
  yield* decoder.end();
}
