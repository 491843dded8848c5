/** All commands of this server. LAST and APOP are unknown on purpose: the one is obsolete, the other needs plain passwords. */
import { capa, offersStls } from './capabilities.ts';
import { mechanism, nothing, number, optionalNumber, text, twoNumbers, type Argument } from './grammar.ts';
import { list, stat, uidl } from './listing.ts';
import { auth, pass, user } from './login.ts';
import { ok } from './reply.ts';
import { retr, top } from './retrieval.ts';
import type { State, Session } from './session.ts';
import { Misuse } from './rejection.ts';

const BEFORE: readonly State[] = ['authorization'];
const AFTER: readonly State[] = ['transaction'];
const ALWAYS: readonly State[] = ['authorization', 'transaction'];

export const commandTable: ReadonlyMap<string, Command> = new Map([
  ['CAPA', command(ALWAYS, nothing, capa)],
  ['STLS', command(BEFORE, nothing, stls)],
  ['USER', command(BEFORE, text, user)],
  ['PASS', command(BEFORE, text, pass)],
  ['AUTH', command(BEFORE, mechanism, auth)],
  ['STAT', command(AFTER, nothing, stat)],
  ['LIST', command(AFTER, optionalNumber, list)],
  ['UIDL', command(AFTER, optionalNumber, uidl)],
  ['RETR', command(AFTER, number, retr)],
  ['TOP', command(AFTER, twoNumbers, top)],
  ['DELE', command(AFTER, number, dele)],
  ['RSET', command(AFTER, nothing, rset)],
  ['NOOP', command(AFTER, nothing, (session) => session.connection.write(ok()))],
  ['QUIT', command(ALWAYS, nothing, quit)],
]);

/** What a command is made of: the states that allow it, and what it does with its argument. */
interface Command {
  readonly states: readonly State[];
  /** Checks the argument (throws Misuse) and only then acts. */
  perform(session: Session, argument: Argument): Promise<void>;
}

function command<Value>(
  states: readonly State[],
  grammar: (argument: Argument) => Value,
  action: (session: Session, value: Value) => Promise<void>,
): Command {
  return { states, perform: async (session, argument) => action(session, grammar(argument)) };
}

/** DELE: messages are marked, and hidden only when the client takes its leave (RFC 1939 §5, §6). */
async function dele(session: Session, message: number): Promise<void> {
  (await session.snapshot()).delete(message);
  await session.connection.write(ok(session.options.wording.say('will-be-deleted', { number: message })));
}

/** RSET: no message is marked any more. */
async function rset(session: Session): Promise<void> {
  session.listed?.undelete();
  await session.connection.write(ok());
}

/** QUIT: what is marked is hidden, after the log-in only. */
async function quit(session: Session): Promise<void> {
  // Whatever hiding answers, the conversation is over (RFC 1939 §6).
  session.finish('quit');
  const marked = session.listed?.deleted() ?? [];
  if (marked.length > 0) {
    await session.maildrop.hide(marked);
    session.hidden = marked.length;
  }
  await session.connection.write(ok(session.options.wording.say('goodbye')));
}

/** STLS: going on under TLS (RFC 2595 §4); Misuse where it is not offered. */
async function stls(session: Session): Promise<void> {
  if (!offersStls(session)) throw new Misuse('encrypted-already');
  // Nothing that was said in the clear counts afterwards.
  session.userName = undefined;
  const { connection, options, times } = session;
  const secured = await connection.startTls(ok(options.wording.say('begin-tls')), options.tls, times.handshake);
  if (!secured) session.finish('tls-failed');
}
