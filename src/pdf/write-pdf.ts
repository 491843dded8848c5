/** Has a document drawn in a thread of its own: pdfkit blocks for seconds, and what it cannot bear ends with the thread. */
import { on } from 'node:events';
import type { Answer, Order, Request } from './thread-messages.ts';
import { Threads } from './threads.ts';
import type { DocumentPicture, TextDocument } from './types.ts';

/** The text makes more pages than anybody would read. */
export class DocumentTooLong extends Error {}

/** A picture that looked showable is not. */
export class UnusablePicture extends Error {
  readonly index: number;

  constructor(index: number) {
    super('unusable picture');
    this.index = index;
  }
}

/** The longest text takes half a minute, and several times that on a busy computer; mail programs wait ten (RFC 5321 §4.5.3.2.6). */
const LONGEST_MS = 300_000;

const threads = new Threads();

/**
 * The octets of the PDF, the same for the same document. Throws DocumentTooLong or UnusablePicture before the first of them.
 * No more of the document is drawn than is taken.
 */
export async function* writePdf({ text, pictures, written }: TextDocument): AsyncGenerator<Buffer> {
  const order: Order = { text, written, shownWidths: pictures.map(({ shownWidth }) => shownWidth) };
  const { thread, end } = await threads.lease();
  let isDone = false;
  try {
    const messages = on(thread, 'message', { close: ['exit'], signal: AbortSignal.timeout(LONGEST_MS) });
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
  } finally {
    await end(isDone);
  }
}

async function answerTo(request: Request, pictures: readonly DocumentPicture[]): Promise<Answer> {
  if (request.kind !== 'picture') return undefined;
  const picture = pictures[request.index];
  return picture?.read(0, picture.size);
}
