/** Base64 of a mail as it streams by: what is not of its alphabet is passed over (RFC 2045 §6.8). */
import { BASE64_GROUP, decodeBase64 } from './alphabet.ts';

const [LF, CR] = [0x0a, 0x0d];

const FOREIGN = /[^a-zA-Z0-9+/=]+/g;

/** Programs that encode line by line leave some in the middle; letters behind it begin a new group. */
const PADDING = /=+/;

/** `push` what arrives and use what it yields, then `end`; neither throws. */
export class LenientDecoder {
  /** Letters of a group that is not complete yet. */
  #begun = '';

  /** Lines of one length, as nearly every program writes them, are decoded together. */
  *push(octets: Buffer): Generator<Buffer> {
    const begin = octets.indexOf(LF) + 1;
    yield this.#anyLines(octets.subarray(0, begin));
    const end = this.#begun === '' ? endOfEqualLines(octets, begin) : begin;
    const lines = octets.subarray(begin, end);
    yield decodedEqualLines(lines) ?? this.#anyLines(lines);
    yield this.#anyLines(octets.subarray(end));
  }

  /** What can be read of a group that was never completed. */
  *end(): Generator<Buffer> {
    yield Buffer.from(this.#begun, 'base64');
  }

  #anyLines(octets: Buffer): Buffer {
    const segments = (this.#begun + octets.toString('latin1').replace(FOREIGN, '')).split(PADDING);
    const last = segments.pop() ?? '';
    const whole = last.length - (last.length % BASE64_GROUP);
    this.#begun = last.slice(whole);
    return Buffer.concat([...segments, last.slice(0, whole)].map((letters) => Buffer.from(letters, 'base64')));
  }
}

/** The end of the lines that have as many octets as the first one, if that is whole groups; none has more letters. */
function endOfEqualLines(octets: Buffer, begin: number): number {
  const length = octets.indexOf(LF, begin) + 1 - begin;
  const letters = lettersIn(octets, begin, length);
  let end = begin;
  if (letters <= 0 || letters % BASE64_GROUP !== 0) return end;
  while (octets[end + length - 1] === LF && lettersIn(octets, end, length) === letters) end += length;
  return end;
}

function lettersIn(octets: Buffer, begin: number, length: number): number {
  return octets[begin + length - 2] === CR ? length - 2 : length - 1;
}

/** Undefined when there is anything but letters in the lines. */
function decodedEqualLines(lines: Buffer): Buffer | undefined {
  const length = lines.indexOf(LF) + 1;
  const letters = length === 0 ? 0 : (lines.length / length) * lettersIn(lines, 0, length);
  return decodeBase64(lines, (letters / BASE64_GROUP) * 3);
}
