/** Files written into a plain text by uuencode (POSIX uuencode): Outlook still does so where it is told to. */

/** A file that was written into the text. */
export interface WrittenFile {
  readonly name: string;
  readonly content: Buffer;
}

const BEGIN = /^begin [0-7]{3,4} (\S.*)$/;
const SPACE = 0x20;

/** Octets of a full line; each stands for the length of one, too (M). */
const MAX_LINE_OCTETS = 45;

/** The text without the files that were written into it whole; what is not whole stays as it is. */
export function takeOutUuencoded(text: string): { readonly text: string; readonly files: readonly WrittenFile[] } {
  if (!/^begin [0-7]{3,4} \S/m.test(text)) return { text, files: [] };
  const lines = text.split('\n');
  const kept: string[] = [];
  const files: WrittenFile[] = [];
  for (let at = 0; at < lines.length; at++) {
    const name = BEGIN.exec(lines[at] ?? '')?.[1];
    const body = name === undefined ? undefined : bodyFrom(lines, at + 1);
    if (name === undefined || body === undefined) kept.push(lines[at] ?? '');
    else {
      files.push({ name: name.trim(), content: Buffer.concat(body.pieces) });
      at = body.end;
    }
  }
  return { text: kept.join('\n'), files };
}

/** The lines up to `end`; undefined when one of them is none, so that each line is looked at by one attempt only. */
function bodyFrom(lines: readonly string[], from: number): { pieces: Buffer[]; end: number } | undefined {
  const pieces: Buffer[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === 'end') return { pieces, end: at };
    const piece = decodedLine(line);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return undefined;
}

/** Undefined for a line that is not as long as it says, or has other signs; blanks at its end may have been cut off. */
function decodedLine(line: string): Buffer | undefined {
  if (line === '') return undefined;
  const octets = valueAt(line, 0);
  const groups = Math.ceil(octets / 3);
  if (octets > MAX_LINE_OCTETS || !/^[ -`]*$/.test(line) || line.length > 4 * groups + 2) return undefined;
  const decoded = Buffer.allocUnsafe(3 * groups);
  for (let group = 0; group < groups; group++) {
    const at = 4 * group + 1;
    const three = (valueAt(line, at) << 18) | (valueAt(line, at + 1) << 12) | (valueAt(line, at + 2) << 6);
    decoded.writeUIntBE(three | valueAt(line, at + 3), 3 * group, 3);
  }
  return decoded.subarray(0, octets);
}

/** Six bits; a blank, which may be missing at the end, is none of them. */
function valueAt(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - SPACE) & 0x3f : 0;
}
