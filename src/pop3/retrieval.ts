/** RETR and TOP: a mail, or its beginning, on its way to the client (RFC 1939 §5, §7). */
import { LATE, within } from '../core/index.ts';
import { Refused } from '../refusals/index.ts';
import type { ListedMessage, OpenedMail } from '../mailbox/index.ts';
import { ConnectionLost, Deadline, DotStuffer } from '../net/index.ts';
import { MessageHead } from './message-head.ts';
import { BrokenContent } from './rejection.ts';
import { ok } from './reply.ts';
import type { Session } from './session.ts';

/** RETR (RFC 1939 §5). After +OK a mail that cannot be completed ends with the connection. */
export async function retr(session: Session, number: number): Promise<void> {
  const message = (await session.snapshot()).find(number);
  await answer(session, message, async (mail) => {
    // Rejects while a refusal is still possible. When it takes too long the header goes out first, if it is known.
    await within(mail.prepare(), session.timeBudgets.content);
    return mail.content;
  });
  session.retrieved++;
  session.receipts.expect(message, session.connection.received);
}

/** TOP (RFC 1939 §7): the head and so many lines, of the list record alone. */
export async function top(session: Session, [number, lines]: readonly [number, number]): Promise<void> {
  const message = (await session.snapshot()).find(number);
  await answer(session, message, async (mail) => headOf(lines, mail.content));
}

/** Refuses for now when ISDS does not say in time what the header is made of; then it is asked nothing more of the message. */
async function answer(
  session: Session,
  message: ListedMessage,
  contentOf: (mail: OpenedMail) => Promise<AsyncIterable<Buffer>>,
): Promise<void> {
  const { connection, maildrop, timeBudgets } = session;
  const deadline = new Deadline(timeBudgets.head);
  const givenUp = new AbortController();
  const mail = maildrop.open(message, AbortSignal.any([connection.signal, givenUp.signal]));
  const content = (await contentOf(mail))[Symbol.asyncIterator]();
  const first = await within(content.next(), deadline.remaining());
  if (first === LATE) {
    givenUp.abort();
    throw new Refused('isds-unreachable');
  }
  await send(session, message, first, content);
}

/**
 * Announces the mail's octets, which AOSP reads after TOP as well (mail-clients §8.1), and sends the content. The final dot
 * follows when the content has ended properly, which the maildrop vouches for; its size may differ from the announced one.
 */
async function send(
  { connection }: Session,
  message: ListedMessage,
  first: IteratorResult<Buffer>,
  content: AsyncIterator<Buffer>,
): Promise<void> {
  const stuffer = new DotStuffer();
  try {
    await connection.write(ok(`${message.octets} octets`));
    for (let piece = first; piece.done !== true; piece = await content.next()) {
      await connection.write(stuffer.stuff(piece.value));
    }
  } catch (error) {
    // After `+OK` the only way left to say no is to end without the final dot.
    throw error instanceof ConnectionLost ? error : new BrokenContent('content ended early', { cause: error });
  } finally {
    await content.return?.();
  }
  await connection.write(stuffer.terminator());
}

/** Stops asking for chunks as soon as there are enough lines, so that no file is fetched for nothing. */
async function* headOf(lines: number, chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const head = new MessageHead(lines);
  for await (const chunk of chunks) {
    yield head.take(chunk);
    if (head.complete) return;
  }
}
