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
  let paragraph: { depth: number; text: string } | undefined;
  for (const line of text.split('\n').map(readLine)) {
    // A change of depth ends a paragraph even if its last line says that it flows (RFC 3676 §4.5).
    if (paragraph !== undefined && paragraph.depth !== line.depth) {
      lines.push(quoted(paragraph));
      paragraph = undefined;
    }
    const said = line.flows && deleteSpace ? line.text.slice(0, -1) : line.text;
    paragraph = { depth: line.depth, text: (paragraph?.text ?? '') + said };
    if (line.flows) continue;
    lines.push(quoted(paragraph));
    paragraph = undefined;
  }
  if (paragraph !== undefined) lines.push(quoted(paragraph));
  return lines.join('\n');
}

function readLine(line: string): Line {
  const depth = /^>*/.exec(line)?.[0].length ?? 0;
  // Space-stuffing: one blank after the quotation marks belongs to the format (RFC 3676 §4.4).
  const text = line.slice(depth).replace(/^ /, '');
  // The signature separator ends in a blank and yet never flows (RFC 3676 §4.3).
  return { depth, text, flows: text.endsWith(' ') && text !== '-- ' };
}

function quoted({ depth, text }: { depth: number; text: string }): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`;
}
