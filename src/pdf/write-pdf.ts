/** Has a document drawn in a thread of its own: pdfkit blocks for seconds, and what it cannot bear ends with the thread. */
import { on } from 'node:events';
import { extname } from 'node:path';
import { composed, Overdue, ThreadPool } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { Answer, Order, Request } from './thread-messages.ts';
import type { DocumentPicture, TextDocument } from './types.ts';

/** The text makes more pages than anybody would read, or more work. */
export class DocumentTooLong extends Error {}

/** A picture that looked showable is not. */
export class UnusablePicture extends Error {
  readonly index: number;

  constructor(index: number) {
    super('unusable picture');
    this.index = index;
  }
}

/** The longest text takes half a minute of the processor; pictures of the largest size some seconds each. */
const MAX_PROCESSOR_MS = 60_000;

/** Threads for all documents of a gateway, which closes them. */
export function createPdfThreads(): ThreadPool {
  return new ThreadPool({
    /** Its source has the extension of this file: it is TypeScript in tests and JavaScript in `dist`. */
    program: new URL(`./worker${extname(import.meta.filename)}`, import.meta.url),
    /** A PNG of the largest size is read into an array of numbers; a text of eight megabytes needs less. */
    megabytes: 512,
    /** Mail programs wait for ten minutes (RFC 5321 §4.5.3.2.6). */
    clockMs: 300_000,
  });
}

/**
 * The octets of the PDF, the same for the same document. Throws DocumentTooLong or UnusablePicture, and Refused when the machine
 * is too busy. No more of the document is drawn than is taken; accounts take turns.
 */
export async function* writePdf(document: TextDocument, account: string, threads: ThreadPool): AsyncGenerator<Buffer> {
  const { text, pictures, written } = document;
  const order: Order = { text: composed(text), written, shownWidths: pictures.map(({ shownWidth }) => shownWidth) };
  const { thread, signal, end } = await threads.lease(account, MAX_PROCESSOR_MS);
  let isDone = false;
  try {
    const messages = on(thread, 'message', { close: ['exit'], signal });
    thread.postMessage(order);
    for await (const [message] of messages) {
      const request: Request = message;
      isDone = request.kind !== 'octets' && request.kind !== 'picture';
      if (request.kind === 'end') return;
      if (request.kind === 'too-long') throw new DocumentTooLong();
      if (request.kind === 'bad-picture') throw new UnusablePicture(request.index);
      if (request.kind === 'octets')
        yield Buffer.from(request.octets.buffer, request.octets.byteOffset, request.octets.length);
      thread.postMessage(await answerTo(request, pictures));
    }
    throw new Error('the drawing thread ended early');
  } catch (error) {
    const overdue: unknown = signal.reason;
    if (!(overdue instanceof Overdue)) throw error;
    throw overdue.of === 'clock'
      ? new Refused('gateway-busy', {}, { cause: overdue })
      : new DocumentTooLong('too much work', { cause: overdue });
  } finally {
    await end(isDone);
  }
}

async function answerTo(request: Request, pictures: readonly DocumentPicture[]): Promise<Answer> {
  if (request.kind !== 'picture') return undefined;
  const picture = pictures[request.index];
  return picture?.read(0, picture.size);
}
