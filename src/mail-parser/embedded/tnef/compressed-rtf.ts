/** RTF as Outlook compresses it, "LZFu" (MS-OXRTFCP). */
import { crc32 } from 'node:zlib';
import { problems, unreadable } from '../../problems.ts';

const HEADER = 16;
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;

const DICTIONARY_SIZE = 4096;

/** With what both sides fill the dictionary beforehand (MS-OXRTFCP §2.1.2.1). */
const INITIAL_DICTIONARY = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbol' +
    'ArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/** Octets between two looks whether others wait: they stand for seventy thousand at most, half a millisecond. */
const STEP_OCTETS = 8 * 1024;

/** What bounds the unpacking. */
export interface RtfBudget {
  /** Is told the size before anything is allocated for it, and may refuse. */
  countBody(size: number): void;
  /** Lets others go first when it is their turn. */
  pause(): Promise<void>;
}

export async function decompressRtf(octets: Buffer, budget: RtfBudget): Promise<Buffer> {
  if (octets.length < HEADER) throw unreadable(problems.damaged);
  const end = octets.readUInt32LE(0) + 4;
  const size = octets.readUInt32LE(4);
  const kind = octets.readUInt32LE(8);
  if (end > octets.length) throw unreadable(problems.truncated);
  const content = octets.subarray(HEADER, Math.max(end, HEADER));
  if (kind === UNCOMPRESSED) {
    if (size > content.length) throw unreadable(problems.truncated);
    return content.subarray(0, size);
  }
  if (kind !== COMPRESSED || rtfChecksum(content) !== octets.readUInt32LE(12)) throw unreadable(problems.damaged);
  budget.countBody(size);
  return decompress(content, size, budget);
}

/** CRC-32 without its first and last inversion (MS-OXRTFCP §2.1.3.2). */
function rtfChecksum(content: Buffer): number {
  return ~crc32(content, 0xffffffff) >>> 0;
}

async function decompress(content: Buffer, size: number, budget: RtfBudget): Promise<Buffer> {
  const dictionary = Buffer.alloc(DICTIONARY_SIZE);
  let write = INITIAL_DICTIONARY.copy(dictionary);
  const output = Buffer.alloc(size);
  let length = 0;
  const put = (octet: number): void => {
    if (length === size) throw unreadable(problems.damaged);
    output[length++] = octet;
    dictionary[write] = octet;
    write = (write + 1) % DICTIONARY_SIZE;
  };
  let pauseAt = STEP_OCTETS;
  for (let at = 0; at < content.length;) {
    if (at >= pauseAt) {
      await budget.pause();
      pauseAt = at + STEP_OCTETS;
    }
    const control = content.readUInt8(at++);
    for (let bit = 0; bit < 8 && at < content.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(content.readUInt8(at++));
        continue;
      }
      if (at + 2 > content.length) throw unreadable(problems.truncated);
      const reference = content.readUInt16BE(at);
      at += 2;
      const from = reference >> 4;
      // A reference to the place where the next octet would be written ends the text.
      if (from === write) return output.subarray(0, length);
      for (let index = 0; index < (reference & 0xf) + 2; index++)
        put(dictionary[(from + index) % DICTIONARY_SIZE] ?? 0);
    }
  }
  throw unreadable(problems.truncated);
}
