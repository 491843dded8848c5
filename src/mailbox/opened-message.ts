/** One message on its way to the reader: the head from the list record, the files straight out of ISDS's answer. */
import { type Log, type Refused, wordRefusal } from '../core/index.ts';
import { type DownloadEvent, type IsdsAccount, IsdsError, refusalFor } from '../isds/index.ts';
import { Base64Encoder, Base64Lines, type ReceivedMail, SHORTEST_FILL } from '../mime/index.ts';
import type { IndexedMessage } from '../store/index.ts';
import type { OpenedMail } from './types.ts';
import { isForGood } from './withheld.ts';

export interface OpeningContext {
  readonly isds: IsdsAccount;
  readonly sessionId: string;
  readonly log: Log;
  /** Composes the mail; may have to ask for the envelope first, and rejects with Refused when that fails. */
  readonly compose: (signal: AbortSignal) => Promise<ReceivedMail>;
  /** Called when the mail explains why the content is withheld, instead of bringing it. */
  readonly withheld: () => void;
  /** Called when the mail could not be made as long as announced, with its true size. */
  readonly missed: (octets: number) => Promise<void>;
}

/** What ISDS began to answer: the message, or a refusal for good, which a note in the mail explains. */
type Beginning =
  | { readonly kind: 'message'; readonly first: DownloadEvent; readonly rest: AsyncIterator<DownloadEvent> }
  | { readonly kind: 'withheld'; readonly refusal: Refused };

const XML_DECLARATION = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n');

export function openMessage(
  { dmID, octets }: IndexedMessage,
  context: OpeningContext,
  signal: AbortSignal,
): OpenedMail {
  let composing: Promise<ReceivedMail> | undefined;
  let beginning: Promise<Beginning> | undefined;
  const compose = () => (composing ??= context.compose(signal));
  const begin = () => (beginning ??= beginDownload(dmID, context.isds, signal));

  async function* content(): AsyncGenerator<Buffer> {
    const mail = await compose();
    let written = 0;
    const counted = (piece: Buffer): Buffer => {
      written += piece.length;
      return piece;
    };
    yield counted(mail.head);
    const start = await begin();
    if (start.kind === 'withheld') {
      context.log.warn({ session: context.sessionId, dmID, reason: start.refusal.reason }, 'content withheld');
      context.withheld();
      yield counted(mail.note(withheldText(start.refusal, context.sessionId)));
    } else {
      for await (const piece of fileParts(start, mail)) yield counted(piece);
    }
    const fill = octets - written - mail.end(0).length;
    yield counted(mail.end(fill < SHORTEST_FILL ? 0 : fill));
    if (written !== octets) await context.missed(written);
  }

  return {
    prepare: async () => {
      await compose();
      await begin();
    },
    content: { [Symbol.asyncIterator]: content },
  };
}

async function beginDownload(dmID: string, isds: IsdsAccount, signal: AbortSignal): Promise<Beginning> {
  const rest = isds.downloadMessage(dmID, { signal })[Symbol.asyncIterator]();
  // A reader who leaves between the first octet and the last must not keep the account's turn at ISDS.
  signal.addEventListener('abort', () => void rest.return?.()?.catch(() => undefined), { once: true });
  try {
    const { value, done } = await rest.next();
    if (done === true) throw new Error('a download ended without an end');
    return { kind: 'message', first: value, rest };
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    const refusal = refusalFor(error);
    if (isForGood(refusal)) return { kind: 'withheld', refusal };
    throw refusal;
  }
}

function withheldText(refusal: Refused, sessionId: string): string {
  return `Obsah této datové zprávy nelze předat. ${wordRefusal(refusal, sessionId)}\n`;
}

async function* fileParts(
  { first, rest }: Extract<Beginning, { kind: 'message' }>,
  mail: ReceivedMail,
): AsyncGenerator<Buffer> {
  let file: FileBody | undefined;
  try {
    for (let event: DownloadEvent | undefined = first; event; event = (await rest.next()).value) {
      if (event.kind === 'content') {
        if (file) yield file.push(event.octets);
        continue;
      }
      if (file) yield file.end();
      if (event.kind === 'end') return;
      yield mail.fileHead(event.file);
      file = event.file.encoding === 'base64' ? base64Body() : xmlBody();
    }
    throw new Error('a download ended without an end');
  } finally {
    await rest.return?.();
  }
}

/** How one file's octets become lines of the mail. */
interface FileBody {
  push(octets: Buffer): Buffer;
  end(): Buffer;
}

function base64Body(): FileBody {
  return new Base64Lines();
}

/** An XML file stands in the answer as elements; as a file of its own it gets a declaration (isds §5.2). */
function xmlBody(): FileBody {
  const encoder = new Base64Encoder();
  const lines = new Base64Lines();
  let declaration: Buffer = XML_DECLARATION;
  return {
    push: (octets) => {
      const all = Buffer.concat([declaration, octets]);
      declaration = Buffer.alloc(0);
      return lines.push(encoder.push(all));
    },
    end: () => Buffer.concat([lines.push(encoder.end()), lines.end()]),
  };
}
