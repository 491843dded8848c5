/** STAT, LIST and UIDL: the messages that are not marked as deleted (RFC 1939 §5, §7). */
import type { ListedMessage } from '../mailbox/index.ts';
import { ok, okList } from './reply.ts';
import type { Session } from './session.ts';

/** STAT (RFC 1939 §5); may pick up. */
export async function stat(session: Session): Promise<void> {
  const { count, octets } = (await session.list()).size();
  await session.connection.write(ok(`${count} ${octets}`));
}

/** LIST (RFC 1939 §5); may pick up when it names no message. */
export async function list(session: Session, number: number | undefined): Promise<void> {
  await show(session, number, (message) => message.octets);
}

/** UIDL (RFC 1939 §7); may pick up when it names no message. */
export async function uidl(session: Session, number: number | undefined): Promise<void> {
  await show(session, number, (message) => message.uid);
}

/** Exactly one space between the two (mail-clients §8.1). */
async function show(
  session: Session,
  number: number | undefined,
  fact: (message: ListedMessage) => string | number,
): Promise<void> {
  if (number === undefined) {
    const snapshot = await session.list();
    const { count, octets } = snapshot.size();
    const lines = snapshot.kept().map((entry) => `${entry.number} ${fact(entry.message)}`);
    await session.connection.write(okList(`${count} messages (${octets} octets)`, lines));
  } else {
    const snapshot = await session.snapshot();
    await session.connection.write(ok(`${number} ${fact(snapshot.find(number))}`));
  }
}
