/** An answer whose content travels in parts of its own, in the shape that was seen at ISDS (isds §1.4). */
import { randomBytes } from 'node:crypto';
import type { Answer } from './answer.ts';
import { encodeBase64 } from './base64.ts';
import { XOP_TYPE } from './packing.ts';
import { SOAP_TYPES } from './soap.ts';
import type { Pieces } from './xml-writer.ts';

const ROOT = '<rootpart>';

interface Part {
  readonly octets: Iterable<Buffer>;
  readonly mimeType: string;
}

/** How the last delimiter ends; the official example forgets the dashes. */
export type Closing = 'closed' | 'open' | 'missing';

/** The content of one answer, beside its envelope or inside of it. */
export class AnswerContent {
  readonly #parts: Part[] = [];
  readonly #wanted: boolean;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** What stands inside of the element. */
  write(octets: Iterable<Buffer>, mimeType: string): Pieces {
    if (!this.#wanted) return encodeBase64(octets);
    this.#parts.push({ octets, mimeType });
    const href = `cid:${this.#parts.length}`;
    return [`<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="${href}"></xop:Include>`];
  }

  /** The answer with all its parts; the envelope is written first. */
  around(envelope: Answer, closing: Closing): Answer {
    const boundary = `==${randomBytes(16).toString('hex')}==`;
    const root = `start="${ROOT}"; type="${XOP_TYPE}"; boundary="${boundary}"; start-info="${SOAP_TYPES['1.2']}"`;
    return { ...envelope, type: `multipart/related; ${root}`, body: this.#write(envelope.body, boundary, closing) };
  }

  *#write(envelope: Pieces, boundary: string, closing: Closing): Pieces {
    yield `--${boundary}\r\n${head(ROOT, `${XOP_TYPE};charset=utf-8;type="${SOAP_TYPES['1.2']}"`)}`;
    yield* envelope;
    for (const [index, { octets, mimeType }] of this.#parts.entries()) {
      yield `\r\n--${boundary}\r\n${head(`<${index + 1}>`, mimeType)}`;
      yield* octets;
    }
    if (closing !== 'missing') yield `\r\n--${boundary}${closing === 'closed' ? '--' : ''}\r\n`;
  }
}

/** ISDS spells Content-Id so. */
function head(id: string, type: string): string {
  return `Content-Id: ${id}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\n\r\n`;
}
