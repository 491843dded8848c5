/** The multiparts that are open at a place of the mail, and the lines that delimit their parts (RFC 2046 §5.1.1). */

/** The line ends a part of the multipart at this level, the outermost being 0; it also ends all that is open inside. */
export interface Delimiter {
  readonly level: number;
  /** Whether it was the last part. */
  readonly closes: boolean;
}

/** Behind the last sign that is none of them: blanks in the middle of a line must not be looked at from each of them. */
const BLANKS = /(?<![ \t\r\n])[ \t\r\n]+$/;

export class Boundaries {
  readonly #open: string[] = [];

  /** How many multiparts are open. */
  get level(): number {
    return this.#open.length;
  }

  open(boundary: string): void {
    // Lines are compared octet by octet, a character each; blanks behind the boundary are padding.
    this.#open.push(Buffer.from(boundary).toString('latin1').replace(BLANKS, ''));
  }

  /**
   * What a line beginning with two dashes, which are left out here, delimits; undefined when it is content. The innermost
   * multipart goes first, for programs were seen that give several of them the same boundary.
   */
  delimiter(line: string): Delimiter | undefined {
    const text = line.replace(BLANKS, '');
    for (let level = this.#open.length - 1; level >= 0; level--) {
      const boundary = this.#open[level]!;
      if (!text.startsWith(boundary)) continue;
      const rest = text.slice(boundary.length);
      if (rest !== '' && rest !== '--') continue;
      const closes = rest === '--';
      this.#open.length = closes ? level : level + 1;
      return { level, closes };
    }
    return undefined;
  }
}
