/** RETR and TOP: a mail, or its beginning, on its way to the client (RFC 1939 §5, §7). */
import { within } from '../core/index.ts';
import type { ListedMessage } from '../mailbox/index.ts';
import { ConnectionLost, DotStuffer } from '../net/index.ts';
import { MessageHead } from './message-head.ts';
import { BrokenContent } from './rejection.ts';
import { ok } from './reply.ts';
import type { Session } from './session.ts';

export async function retr(session: Session, number: number): Promise<void> {
  const message = (await session.snapshot()).find(number);
  const mail = session.maildrop.open(message, session.connection.signal);
  // Rejects while a refusal is still possible. When it takes too long the header, which is known, goes out first.
  await within(mail.prepare(), session.times.firstOctet);
  await send(session, message, mail.content);
  session.retrieved++;
  session.receipts.expect(message, session.connection.received);
}

export async function top(session: Session, [number, lines]: readonly [number, number]): Promise<void> {
  const message = (await session.snapshot()).find(number);
  const mail = session.maildrop.open(message, session.connection.signal);
  await send(session, message, headOf(lines, mail.content));
}

/**
 * Announces the mail's octets, which AOSP reads after TOP as well (mail-clients §8.1), and sends the content. The final dot
 * follows when the content has ended properly, which the maildrop vouches for; its size may differ from the announced one.
 */
async function send(session: Session, message: ListedMessage, content: AsyncIterable<Buffer>): Promise<void> {
  const { connection } = session;
  const stuffer = new DotStuffer();
  await connection.write(ok(`${message.octets} octets`));
  try {
    for await (const chunk of content) await connection.write(stuffer.stuff(chunk));
  } catch (error) {
    // After `+OK` the only way left to say no is to end without the final dot.
    throw error instanceof ConnectionLost ? error : new BrokenContent('content ended early', { cause: error });
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
