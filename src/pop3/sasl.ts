/** The SASL mechanisms PLAIN (RFC 4616) and LOGIN, as POP3 carries them (RFC 5034). */
import { MAX_SASL_ANSWER_OCTETS } from './limits.ts';
import { printable } from './grammar.ts';
import { Misuse, Rejection } from './rejection.ts';
import { challenge } from './reply.ts';
import type { Session } from './session.ts';

export interface NameAndPassword {
  readonly name: string;
  readonly password: string;
  /** For whom the program wants to act (RFC 4616 §2); empty for itself. */
  readonly onBehalfOf: string;
}

type Exchange = (session: Session, answer: string | undefined) => Promise<NameAndPassword>;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const NUL = 0;

/** Mechanisms by name; each gets the first answer if the client sent it with the command. */
export const mechanisms: ReadonlyMap<string, Exchange> = new Map([
  ['PLAIN', plain],
  ['LOGIN', login],
]);

async function plain(session: Session, answer: string | undefined): Promise<NameAndPassword> {
  const message = answer === undefined ? await ask(session, '') : decode(answer);
  const first = message.indexOf(NUL);
  const second = message.indexOf(NUL, first + 1);
  if (first < 0 || second < 0) throw new Misuse('sasl-malformed');
  return {
    name: nonEmpty(message.subarray(first + 1, second)),
    password: nonEmpty(message.subarray(second + 1)),
    onBehalfOf: printable(message.subarray(0, first)),
  };
}

async function login(session: Session, answer: string | undefined): Promise<NameAndPassword> {
  // Programs compare the prompts letter by letter.
  const name = nonEmpty(answer === undefined ? await ask(session, 'Username:') : decode(answer));
  return { name, password: nonEmpty(await ask(session, 'Password:')), onBehalfOf: '' };
}

async function ask(session: Session, prompt: string): Promise<Buffer> {
  await session.connection.write(challenge(prompt));
  const line = await session.connection.readLine(MAX_SASL_ANSWER_OCTETS, session.times.idle);
  if (line === 'late' || line === 'ended') {
    session.finish(line === 'late' ? 'idle' : 'client-gone');
    throw new Rejection('sasl-unfinished');
  }
  if (line === 'overlong') throw new Misuse('sasl-too-long');
  const text = line.toString('latin1');
  if (text === '*') throw new Rejection('sasl-cancelled');
  return decode(text);
}

/** A single `=` is an answer of no octets (RFC 5034 §4). */
function decode(text: string): Buffer {
  if (text !== '=' && !BASE64.test(text)) throw new Misuse('sasl-not-base64');
  return Buffer.from(text, 'base64');
}

function nonEmpty(octets: Buffer): string {
  if (octets.length === 0) throw new Misuse('sasl-empty');
  return printable(octets);
}
