/** DELE, RSET and QUIT: messages are marked, and hidden only when the client takes its leave (RFC 1939 §5, §6). */
import { ok } from './reply.ts';
import type { Session } from './session.ts';

export async function dele(session: Session, number: number): Promise<void> {
  (await session.snapshot()).delete(number);
  await session.connection.write(ok(session.options.wording.say('will-be-deleted', { number })));
}

export async function rset(session: Session): Promise<void> {
  session.listed?.undelete();
  await session.connection.write(ok());
}

export async function quit(session: Session): Promise<void> {
  // Whatever hiding answers, the conversation is over (RFC 1939 §6).
  session.finish('quit');
  const marked = session.listed?.deleted() ?? [];
  if (marked.length > 0) {
    await session.maildrop.hide(marked);
    session.hidden = marked.length;
  }
  await session.connection.write(ok(session.options.wording.say('goodbye')));
}
