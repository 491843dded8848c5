/** Parts of mails in every encoding that mail programs use (mail-clients §10): texts, files and their names. */
import type { Chance } from './chance.ts';

/** A file that a user attached. */
export interface Planted {
  readonly name: string;
  readonly content: Buffer;
}

/** Parts are octets: texts come in charsets of their own. */
export function octetPart(headers: readonly string[], body: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

export function octetMultipart(chance: Chance, subtype: string, parts: readonly Buffer[]): Buffer {
  const boundary = `${chance.one(['----=_NextPart_000_', 'Apple-Mail=_', '------------', '=_'])}${chance.below(1e9)}`;
  const preamble = chance.one(['', 'This is a multi-part message in MIME format.\r\n', '\r\n']);
  const lines = parts.flatMap((child) => [Buffer.from(`\r\n--${boundary}\r\n`), child]);
  const end = Buffer.from(`\r\n--${boundary}--${chance.one(['', '\r\n', '\r\nepilog\r\n'])}`);
  const quoted = chance.one([boundary.includes('=') ? `"${boundary}"` : boundary, `"${boundary}"`]);
  const type = `Content-Type: multipart/${subtype};${chance.one([' ', '\r\n\t', '\r\n '])}boundary=${quoted}`;
  return octetPart([type], Buffer.concat([Buffer.from(preamble), ...lines, end]));
}

const CHARSETS = ['utf-8', 'windows-1250', 'iso-8859-2'] as const;

/** Eight-bit Czech under a promise of ASCII, as some programs send it. */
const FALSE_CHARSETS = ['us-ascii', ''];

export function textPart(chance: Chance, type: string, text: string): Buffer {
  const charset = chance.one(CHARSETS);
  const stated = charset === 'iso-8859-2' || !chance.isOneIn(4) ? charset : chance.one(FALSE_CHARSETS);
  const octets = encode(text, charset);
  const typeField = `Content-Type: ${type}${stated === '' ? '' : `; charset=${chance.one([stated, `"${stated}"`])}`}`;
  const encoding = chance.one(['8bit', 'quoted-printable', 'base64'] as const);
  return octetPart([typeField, `Content-Transfer-Encoding: ${encoding}`], transferEncoded(chance, octets, encoding));
}

export function filePart(chance: Chance, { name, content }: Planted, disposition = 'attachment'): Buffer {
  const encoding = chance.one(['base64', 'base64', 'quoted-printable'] as const);
  const type = chance.one(['application/pdf', 'application/octet-stream', 'image/jpeg']);
  const headers = [...nameFields(chance, name, type, disposition), `Content-Transfer-Encoding: ${encoding}`];
  return octetPart(headers, transferEncoded(chance, content, encoding));
}

/** A name in one of the ways of Thunderbird, Outlook, Apple Mail and programs without manners. */
function nameFields(chance: Chance, name: string, type: string, disposition: string): string[] {
  const plainType = `Content-Type: ${type}`;
  switch (chance.below(5)) {
    case 0:
      return [plainType, `Content-Disposition: ${disposition}; ${continued(chance, name)}`];
    case 1:
      return [plainType, `Content-Disposition: ${disposition};\r\n filename*=UTF-8''${percent(Buffer.from(name))}`];
    case 2:
      return [`${plainType}; name="${encodedWords(chance, name)}"`, `Content-Disposition: ${disposition}`];
    case 3:
      return [plainType, `Content-Disposition: ${disposition}; filename="${encodedWords(chance, name)}"`];
    default:
      return [
        plainType,
        `Content-Disposition: ${disposition}; filename="${name.normalize(chance.one(['NFC', 'NFD']))}"`,
      ];
  }
}

/** RFC 2231 in pieces that split characters. */
function continued(chance: Chance, name: string): string {
  const octets = Buffer.from(name);
  const pieces: string[] = [];
  for (let at = 0; at < octets.length;) {
    const length = 1 + chance.below(12);
    pieces.push(percent(octets.subarray(at, at + length)));
    at += length;
  }
  return pieces.map((piece, index) => `\r\n filename*${index}*=${index === 0 ? "UTF-8''" : ''}${piece}`).join(';');
}

const percent = (octets: Buffer): string => Array.from(octets, (octet) => `%${hex(octet)}`).join('');
const hex = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');

/** RFC 2047, for a charset of one octet a letter also in two words. */
export function encodedWords(chance: Chance, text: string): string {
  const charset = chance.one(CHARSETS);
  const octets = encode(text, charset);
  const middle = charset === 'utf-8' ? octets.length : 1 + chance.below(octets.length);
  const words = [octets.subarray(0, middle), octets.subarray(middle)].filter((piece) => piece.length > 0);
  const isBase64 = chance.isOneIn(2);
  const encoded = words.map((word) =>
    isBase64
      ? `=?${charset}?B?${word.toString('base64')}?=`
      : `=?${charset}?Q?${Array.from(word, (octet) => `=${hex(octet)}`).join('')}?=`,
  );
  return encoded.join('\r\n ');
}

const REVERSED: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  CHARSETS.map((charset) => {
    const octets = Array.from({ length: 128 }, (_, index) => index + 128);
    const letters = octets.map((octet) => [new TextDecoder(charset).decode(Buffer.of(octet)), octet] as const);
    return [charset, new Map(letters)];
  }),
);

export function encode(text: string, charset: (typeof CHARSETS)[number]): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  return Buffer.from(Array.from(text, (letter) => REVERSED.get(charset)?.get(letter) ?? letter.charCodeAt(0)));
}

export function transferEncoded(
  chance: Chance,
  octets: Buffer,
  encoding: '8bit' | 'base64' | 'quoted-printable',
): Buffer {
  if (encoding === '8bit') return octets;
  const text =
    encoding === 'base64' ? octets.toString('base64') : Array.from(octets, (octet) => `=${hex(octet)}`).join('');
  // Lines of 76 as the standards want them, of other lengths as programs send them, and one without an end.
  const width = chance.one(encoding === 'base64' ? [76, 76, 60, 73, 998, 100_000] : [75, 72, 900]);
  const end = encoding === 'base64' ? '\r\n' : '=\r\n';
  const step = encoding === 'base64' ? width : Math.floor(width / 3) * 3;
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += step) lines.push(text.slice(at, at + step));
  return Buffer.from(lines.join(end));
}
