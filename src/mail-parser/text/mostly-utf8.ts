/** UTF-8 in which some octets are none: a footer that a server added, a letter that was cut. In one pass over the octets. */

/** The octets from 128 on, as what Czech programs for Windows mean by them, each in UTF-8. */
const WINDOWS = Array.from({ length: 128 }, (_, index) =>
  Buffer.from(new TextDecoder('windows-1250').decode(Buffer.of(128 + index))),
);

const REPLACEMENT = Buffer.from('\ufffd');

/** What one octet becomes at most. */
const MAX_OCTETS_OF_ONE = 3;

/** Undefined unless letters of several octets are more than the octets that belong to none. */
export function decodeMostlyUtf8(octets: Buffer): string | undefined {
  let letters = 0;
  let strangers = 0;
  for (let at = 0; at < octets.length;) {
    const length = letterLength(octets, at);
    if (length > 1) letters++;
    else if (length === 0) strangers++;
    at += Math.max(length, 1);
  }
  if (letters <= strangers) return undefined;
  const decoded = Buffer.allocUnsafe(octets.length + (MAX_OCTETS_OF_ONE - 1) * strangers);
  let end = 0;
  let begin = 0;
  for (let at = 0; at < octets.length;) {
    const length = letterLength(octets, at);
    if (length === 0) {
      end += octets.copy(decoded, end, begin, at);
      end += strangerAt(octets, at).copy(decoded, end);
      begin = at + 1;
    }
    at += Math.max(length, 1);
  }
  end += octets.copy(decoded, end, begin);
  return decoded.toString('utf8', 0, end);
}

/** At the very end it is a letter that was cut. */
function strangerAt(octets: Buffer, at: number): Buffer {
  return at === octets.length - 1 ? REPLACEMENT : (WINDOWS[(octets[at] ?? 0) - 128] ?? REPLACEMENT);
}

/** Octets of the letter that begins here (RFC 3629 §4); zero where none does. */
function letterLength(octets: Buffer, at: number): number {
  const first = octets[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > octets.length) return 0;
  for (let next = 1; next < length; next++) if (((octets[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = octets[at + 1] ?? 0;
  const isForbidden =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isForbidden ? 0 : length;
}
