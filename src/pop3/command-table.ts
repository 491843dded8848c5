/** All commands of this server. LAST and APOP are unknown on purpose: the one is obsolete, the other needs plain passwords. */
import { capa } from './capabilities.ts';
import { command, type Command } from './command.ts';
import { dele, quit, rset } from './deletion.ts';
import { mechanism, nothing, number, optionalNumber, text, twoNumbers } from './grammar.ts';
import { list, stat, uidl } from './listing.ts';
import { auth, pass, user } from './login.ts';
import { ok } from './reply.ts';
import { retr, top } from './retrieval.ts';
import type { State } from './session.ts';
import { stls } from './stls.ts';

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
