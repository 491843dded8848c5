/** Paragraphs of a format=flowed text put together again (RFC 3676). */

interface Line {
  /** Number of quotation marks before the text (RFC 3676 §4.5). */
  readonly depth: number;
  readonly text: string;
  readonly flows: boolean;
}

/** Takes and gives \n line ends. `deleteSpace` is the DelSp parameter: the blank that marks a soft break is not text. */
export function unwrapFlowed(text: string, deleteSpace: boolean): string {
  const lines: string[] = [];
  /** The paragraph that is being put together: the depth of all its pieces, and these. */
  let pieces: string[] = [];
  let depth = 0;
  const endParagraph = (): void => {
    if (pieces.length > 0) lines.push(quoted(depth, pieces.join('')));
    pieces = [];
  };
  for (const written of text.split('\n')) {
    const line = readLine(written);
    // A change of depth ends a paragraph even if its last line says that it flows (RFC 3676 §4.5).
    if (line.depth !== depth) endParagraph();
    depth = line.depth;
    pieces.push(line.flows && deleteSpace ? line.text.slice(0, -1) : line.text);
    if (!line.flows) endParagraph();
  }
  endParagraph();
  return lines.join('\n');
}

function readLine(line: string): Line {
  const depth = /^>*/.exec(line)?.[0].length ?? 0;
  // Space-stuffing: one blank after the quotation marks belongs to the format (RFC 3676 §4.4).
  const text = line.slice(depth).replace(/^ /, '');
  // The signature separator ends in a blank and yet never flows (RFC 3676 §4.3).
  return { depth, text, flows: text.endsWith(' ') && text !== '-- ' };
}

function quoted(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
