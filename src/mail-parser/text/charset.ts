/**
 * Octets as a string: in the charset that was declared, under whatever name it was, unless the octets themselves say otherwise
 * (mail-clients §10.5).
 */
import iconv from 'iconv-lite';
import { decodeMostlyUtf8 } from './mostly-utf8.ts';

/** Labels that promise ASCII, UTF-8 or nothing at all. */
const NO_PROMISE =
  /^(|us-?ascii|ascii|ansi_x3\.4-1968|utf-?8(mb4)?|unicode-1-1-utf-8|[78]bit|binary|default|none|(x-)?unknown(-8bit)?|x-user-defined)$/;

const CZECH_WINDOWS = 'windows-1250';

/** Other spellings than the Encoding standard and the library know, of the label in lower case with hyphens. */
const OTHER_SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:x-)?(?:win|windows|cp|ms)-?(12[0-9]{2}|874)$/, 'windows-$1'],
  [/^(?:iso-?)?8859-?(\d\d?)(?:-[ie]|:\d+)?$/, 'iso-8859-$1'],
  [/^(?:x-)?(?:ibm|cp|dos|pc)?-?(\d{3,5})$/, 'cp$1'],
  [/^x-mac-(?:ce|centraleurroman|centraleurope)$|^mac-?ce$/, 'maccenteuro'],
];

/** One octet for a letter: what is UTF-8 in them by chance is no language. */
const SINGLE_OCTET = /^(windows-|iso-8859-|koi8|mac|cp|ibm|x-mac)/;

const UTF16 = /^utf-?16/;

interface Decoder {
  readonly encoding: string;
  decode(octets: Buffer): string;
}

/** Undefined when nobody here can read a charset of that name, and the octets are not UTF-8. */
export function decodeText(octets: Buffer, charset: string | undefined): string | undefined {
  const label = (charset ?? '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  if (NO_PROMISE.test(label)) return guessText(octets);
  if (UTF16.test(label)) return decodeUtf16(octets, label);
  const decoder = decoderFor(label);
  if (decoder !== undefined && !SINGLE_OCTET.test(decoder.encoding)) return decoder.decode(octets);
  return decodeUtf8(octets) ?? decoder?.decode(octets);
}

/** UTF-8 or, if that cannot be, what Czech programs for Windows write; of a text with few octets that are no UTF-8 only these suffer. */
export function guessText(octets: Buffer): string {
  return decodeUtf8(octets, true) ?? decodeMostlyUtf8(octets) ?? new TextDecoder(CZECH_WINDOWS).decode(octets);
}

/** Undefined when it is not, or, unless ASCII is enough, when it has no letter beyond ASCII. */
function decodeUtf8(octets: Buffer, isAsciiEnough = false): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return isAsciiEnough || text.length < octets.length ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The mark decides about the order of octets (RFC 2781 §4.3), without one the zeros of ASCII do. */
function decodeUtf16(octets: Buffer, label: string): string {
  const mark = octets.toString('latin1', 0, 2);
  const isBig =
    mark === '\xfe\xff' ||
    (mark !== '\xff\xfe' && (label.endsWith('be') || (!label.endsWith('le') && isBigEndian(octets))));
  return new TextDecoder(isBig ? 'utf-16be' : 'utf-16le').decode(octets);
}

function isBigEndian(octets: Buffer): boolean {
  let leading = 0;
  let trailing = 0;
  for (let at = 0; at + 1 < octets.length; at += 2) {
    if (octets[at] === 0) leading++;
    if (octets[at + 1] === 0) trailing++;
  }
  return leading > trailing;
}

function decoderFor(label: string): Decoder | undefined {
  const hyphened = label.replaceAll('_', '-');
  const names = new Set([label, hyphened, hyphened.replace(/^(latin|l)-/, '$1')]);
  for (const [pattern, name] of OTHER_SPELLINGS) if (pattern.test(hyphened)) names.add(hyphened.replace(pattern, name));
  for (const name of names) {
    const decoder = standardDecoder(name) ?? libraryDecoder(name);
    if (decoder !== undefined) return decoder;
  }
  return undefined;
}

function standardDecoder(name: string): Decoder | undefined {
  try {
    return new TextDecoder(name);
  } catch {
    return undefined;
  }
}

/** DOS, Macintosh, UTF-7 and UTF-32, which the Encoding standard leaves out; the library loads its tables when one comes. */
function libraryDecoder(encoding: string): Decoder | undefined {
  if (!CHARSET_NAME.test(encoding) || !iconv.encodingExists(encoding)) return undefined;
  return { encoding, decode: (octets) => iconv.decode(octets, encoding) };
}

/** The library also knows transfer encodings, and takes properties of objects for charsets. */
const CHARSET_NAME = /^(?!base64$)[\w.-]*\d|^mac/;
