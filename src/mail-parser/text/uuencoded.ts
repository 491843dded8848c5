/** Files written into a plain text by uuencode (POSIX uuencode): Outlook still does so where it is told to. */

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
  const octets = (line.charCodeAt(0) - SPACE) & 0x3f;
  const letters = Math.ceil(octets / 3) * 4;
  if (octets > MAX_LINE_OCTETS || !/^[ -`]*$/.test(line) || line.length > letters + 2) return undefined;
  const values = Array.from(line.slice(1).padEnd(letters, ' '), (letter) => (letter.charCodeAt(0) - SPACE) & 0x3f);
  const decoded = Buffer.alloc((letters / 4) * 3);
  for (let group = 0; group < letters / 4; group++) {
    const [a = 0, b = 0, c = 0, d = 0] = values.slice(4 * group, 4 * group + 4);
    decoded.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, 3 * group, 3);
  }
  return decoded.subarray(0, octets);
}
