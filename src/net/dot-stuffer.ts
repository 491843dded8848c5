/**
 * Byte-stuffing of a multi-line answer (RFC 1939 §3): a line that begins with a dot gets a second one. Chunks
 * without such a line pass through uncopied.
 */
const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
const DOT_AFTER_LF = Buffer.from('\n.');
const ONE_DOT = Buffer.from('.');

export class DotStuffer {
  /** The two octets before the next chunk; the beginning of the content counts as the beginning of a line. */
  #beforeLast = CR;
  #last = LF;

  stuff(chunk: Buffer): Buffer {
    if (chunk.length === 0) return chunk;
    const dots = this.#dotsToDouble(chunk);
    this.#beforeLast = chunk.length > 1 ? chunk[chunk.length - 2]! : this.#last;
    this.#last = chunk[chunk.length - 1]!;
    return dots.length === 0 ? chunk : doubled(chunk, dots);
  }

  /** What must follow the content so that the final line `.` stands alone; the content's own line end is not repeated. */
  terminator(): Buffer {
    const lineEnded = this.#beforeLast === CR && this.#last === LF;
    return Buffer.from(lineEnded ? '.\r\n' : '\r\n.\r\n');
  }

  #dotsToDouble(chunk: Buffer): number[] {
    // Base64 has many lines and no dots.
    if (!chunk.includes(DOT)) return [];
    const dots = this.#last === LF && chunk[0] === DOT ? [0] : [];
    for (let at = chunk.indexOf(DOT_AFTER_LF); at >= 0; at = chunk.indexOf(DOT_AFTER_LF, at + 1)) dots.push(at + 1);
    return dots;
  }
}

function doubled(chunk: Buffer, dots: readonly number[]): Buffer {
  const result = Buffer.allocUnsafe(chunk.length + dots.length);
  let from = 0;
  let to = 0;
  for (const dot of dots) {
    to += chunk.copy(result, to, from, dot);
    to += ONE_DOT.copy(result, to);
    from = dot;
  }
  chunk.copy(result, to, from);
  return result;
}
