/** The leaves of a mail as they arrive: texts of the body into memory, everything else into the spool. */
import type { Headers, MailParser } from 'mailparser';
import { addAbortSignal } from 'node:stream';
import { type Refused, Slices } from '../core/index.ts';
import type { BodyPart } from './body-text.ts';
import { decodeText } from './charset.ts';
import { takeOutPictures } from './embedded-pictures.ts';
import { unwrapFlowed } from './flowed-text.ts';
import {
  type ArrivingPart,
  arrivingParts,
  createPartParser,
  parsedTree,
  type PartNode,
  typeParameter,
} from './part-parser.ts';
import { problems, unreadable } from './problems.ts';
import { isSmime } from './protected-mail.ts';
import type { Reading } from './reading.ts';
import type { SpooledFile } from './spool.ts';
import { refuseUnknownEncoding } from './transfer-encoding.ts';

/** The machine's half of a report (RFC 3464, RFC 8098): lines of text, worth reading in a report that is forwarded. */
const REPORTS = new Set(['message/delivery-status', 'message/disposition-notification', 'text/rfc822-headers']);

export interface ReceivedFile {
  readonly type: string;
  readonly name: string | undefined;
  /** The mail itself inside its signature or encryption. */
  readonly isSmime?: boolean;
  readonly content: SpooledFile;
}

/** A mail read to its end; parts are found by the header block of their node. */
export interface ReceivedParts {
  readonly tree: PartNode;
  readonly bodies: ReadonlyMap<Headers, BodyPart>;
  readonly files: ReadonlyMap<Headers, ReceivedFile>;
  /** Pictures that stood in the markup of a body, by Content-ID. */
  readonly embedded: ReadonlyMap<string, ReceivedFile>;
}

/**
 * Reads the whole stream; rejects with Refused for a mail that cannot be read, with the stream's own error or the signal's
 * reason otherwise. The source must end or fail soon after the signal; its iterator is returned in any case.
 */
export async function receiveParts(source: AsyncIterable<Buffer>, reading: Reading): Promise<ReceivedParts> {
  const failure = new AbortController();
  const stop = AbortSignal.any([reading.signal, failure.signal]);
  const fail = (error: unknown): void => failure.abort(error);
  // Not waited for here: the source must have a reader from the beginning, for it may fail meanwhile.
  const loading = createPartParser().then((parser) => {
    // Also takes errors that come after the first one; without a listener they would end the process.
    parser.on('error', (cause: unknown) => fail(parserRefusal(cause)));
    stop.addEventListener('abort', () => parser.destroy(), { once: true });
    if (stop.aborted) parser.destroy();
    return parser;
  });

  const collector = new Collector(reading, stop);
  const collect = async (): Promise<void> => {
    for await (const part of arrivingParts(await loading)) await collector.take(part);
  };
  await Promise.allSettled([feed(source, loading, stop).catch(fail), collect().catch(fail)]);
  stop.throwIfAborted();
  const tree = parsedTree(await loading);
  if (tree === undefined) throw unreadable(problems.empty);
  return { tree, bodies: collector.bodies, files: collector.files, embedded: collector.embedded };
}

async function feed(source: AsyncIterable<Buffer>, loading: Promise<MailParser>, stop: AbortSignal): Promise<void> {
  for await (const chunk of source) {
    const parser = await loading;
    if (stop.aborted) return;
    if (!parser.write(chunk)) await drained(parser, stop);
  }
  (await loading).end();
}

function drained(parser: MailParser, stop: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => {
    parser.off('drain', done);
    stop.removeEventListener('abort', done);
    resolve();
  };
  parser.once('drain', done);
  stop.addEventListener('abort', done);
  if (stop.aborted) done();
  return promise;
}

class Collector {
  readonly bodies = new Map<Headers, BodyPart>();
  readonly files = new Map<Headers, ReceivedFile>();
  readonly embedded = new Map<string, ReceivedFile>();
  readonly #reading: Reading;
  readonly #stop: AbortSignal;
  #embeddedCount = 0;

  constructor(reading: Reading, stop: AbortSignal) {
    this.#reading = reading;
    this.#stop = stop;
  }

  async take(part: ArrivingPart): Promise<void> {
    addAbortSignal(this.#stop, part.content);
    this.#reading.budget.countPart();
    refuseUnknownEncoding(part.headers);
    if (isBody(part)) this.bodies.set(part.headers, await this.#readBody(part));
    else {
      const content = await this.#reading.spool.add(part.content);
      const { type, fileName: name } = part;
      const smime = isSmime(type, typeParameter(part.headers, 'smime-type'), name);
      this.files.set(part.headers, { type, name, content, isSmime: smime });
    }
    part.release();
  }

  async #readBody(part: ArrivingPart): Promise<BodyPart> {
    const { budget } = this.#reading;
    const chunks: Buffer[] = [];
    for await (const chunk of part.content) {
      if (part.type === 'text/html') budget.countBody(chunk.length);
      else budget.countText(chunk.length);
      chunks.push(chunk);
    }
    const slices = new Slices();
    const decoded = decodeText(Buffer.concat(chunks), typeParameter(part.headers, 'charset'));
    await slices.next();
    const text = decoded.replace(/\r\n?/g, '\n');
    await slices.next();
    if (part.type === 'text/html') return { kind: 'html', text: await this.#withoutPictures(text) };
    return { kind: 'plain', text: isFlowed(part) ? unwrapFlowed(text, isDelSp(part)) : text };
  }

  async #withoutPictures(markup: string): Promise<string> {
    const { html, pictures } = takeOutPictures(markup, () => ++this.#embeddedCount);
    for (const { contentId, type, content } of pictures) {
      this.#reading.budget.countPart();
      const stored = await this.#reading.spool.add([content]);
      this.embedded.set(contentId, { type, name: undefined, content: stored });
    }
    return html;
  }
}

/** A text with a file name is a file, even when its disposition is inline (mail-clients §10.4). */
function isBody(part: ArrivingPart): boolean {
  const text = part.type === 'text/plain' || part.type === 'text/html' || REPORTS.has(part.type);
  return text && part.fileName === undefined && (part.disposition ?? 'inline') === 'inline';
}

function isFlowed(part: ArrivingPart): boolean {
  return typeParameter(part.headers, 'format')?.trim().toLowerCase() === 'flowed';
}

function isDelSp(part: ArrivingPart): boolean {
  return typeParameter(part.headers, 'delsp')?.trim().toLowerCase() === 'yes';
}

function parserRefusal(cause: unknown): Refused {
  const tooLong = cause instanceof Error && 'code' in cause && cause.code === 'EMAXLEN';
  return unreadable(tooLong ? problems.tooManyParts : problems.notAMail, cause);
}
