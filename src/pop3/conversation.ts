/** One conversation from greeting to end: reads lines, lets commands act, answers what went wrong, and logs once. */
import type { Socket } from 'node:net';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { Refused } from '../refusals/index.ts';
import { Connection, ConnectionLost, type Line, type Place } from '../net/index.ts';
import { commandTable } from './command-table.ts';
import { parseCommand } from './grammar.ts';
import {
  MAX_COMMAND_OCTETS,
  MAX_COMMANDS_BEFORE_LOGIN,
  MAX_MISUSES,
  MAX_REFUSALS_BEFORE_LOGIN,
  POP3_TIMES,
} from './limits.ts';
import { BrokenContent, Misuse, Rejection } from './rejection.ts';
import { ok, refused, rejected } from './reply.ts';
import { Session, type Pop3Options } from './session.ts';

/** Speaks POP3 on an open socket; resolves when the socket is closed and ISDS knows what was read. */
export async function servePop3(socket: Socket, options: Pop3Options, place: Place): Promise<void> {
  const connection = new Connection(socket, options.times?.write ?? POP3_TIMES.write, place.transport);
  const session = new Session(connection, options, place);
  const commands = await converse(session);
  session.closed();
  if (session.end === 'content-broken') connection.reset();
  await connection.end();
  await session.receipts.settled();
  const { log, account, retrieved, hidden, end } = session;
  logged(session, `POP3 session: ${end}`, () =>
    log.info({ account, commands, octetsOut: connection.octetsOut, retrieved, hidden, end }, 'POP3 session ended'),
  );
}

/** The loop; answers the number of lines that came. */
async function converse(session: Session): Promise<number> {
  const { connection } = session;
  const { domain, wording } = session.options;
  let commands = 0;
  let misuses = 0;
  let refusals = 0;
  try {
    // No `<…>` in it: that would offer APOP (RFC 1939 §7).
    await connection.write(ok(`${domain} Poštolka ${wording.say('session', { session: session.id })}`));
    while (session.end === undefined) {
      const line = await connection.readLine(MAX_COMMAND_OCTETS, session.times.idle);
      if (line === 'ended') session.finish('client-gone');
      else if (line === 'late') session.finish('idle');
      else {
        commands++;
        session.commandArrived();
        const outcome = await answer(session, line);
        misuses = outcome === 'misuse' ? misuses + 1 : 0;
        if (outcome !== 'done') refusals++;
        if (misuses === MAX_MISUSES) session.finish('too-many-misuses');
        if (session.state === 'authorization') {
          if (refusals >= MAX_REFUSALS_BEFORE_LOGIN) session.finish('too-many-refusals');
          if (commands >= MAX_COMMANDS_BEFORE_LOGIN) session.finish('too-many-commands');
        }
        // What one client has sent ahead must not be answered all at once.
        if (connection.hasLine) await othersTurn();
      }
    }
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    session.finish(error.reason);
  }
  return commands;
}

/** Answers one line; a misuse is what was no proper POP3. */
async function answer(session: Session, line: Line): Promise<'done' | 'refused' | 'misuse'> {
  try {
    await perform(session, line);
    return 'done';
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    // Whatever was under way ended because the client left.
    if (session.connection.signal.aborted) throw new ConnectionLost('client-gone');
    if (error instanceof BrokenContent) {
      session.log.warn({ account: session.account, err: error }, 'POP3 message broken off');
      session.finish('content-broken');
      return 'refused';
    }
    await session.connection.write(complaint(session, error));
    return error instanceof Misuse ? 'misuse' : 'refused';
  }
}

/** What strangers can cause without end is not written down without end. */
function logged(session: Session, reason: string, tell: () => void): void {
  if (session.account === undefined) session.place.refusals.note(session.connection.remoteAddress, reason, tell);
  else tell();
}

async function perform(session: Session, line: Line): Promise<void> {
  if (line === 'overlong') throw new Misuse('command-too-long');
  const { keyword, argument } = parseCommand(line);
  const command = commandTable.get(keyword);
  if (command === undefined) throw new Misuse('command-unknown');
  if (!command.states.includes(session.state)) {
    throw new Misuse(session.state === 'authorization' ? 'log-in-first' : 'logged-in-already');
  }
  await command.perform(session, argument);
}

function complaint(session: Session, error: unknown): string {
  const { wording } = session.options;
  if (error instanceof Rejection) return rejected(error, wording, session.id);
  if (error instanceof Refused) {
    const { log, account } = session;
    const { reason, isdsCode } = error;
    logged(session, reason, () => log.warn({ account, reason, isdsCode }, 'POP3 command refused'));
    return refused(error, wording, session.id);
  }
  session.log.error({ account: session.account, err: error }, 'POP3 command failed');
  return refused(new Refused('gateway-fault'), wording, session.id);
}
