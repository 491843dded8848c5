/** USER, PASS and AUTH: one password, one question to the accounts (RFC 1939 §7, RFC 5034). */
import { Secret } from '../core/index.ts';
import type { Identity } from '../accounts/index.ts';
import { EXPIRY_WARNING_DAYS, MAX_FAILED_LOGINS } from './limits.ts';
import { Misuse } from './rejection.ts';
import { ok, okList } from './reply.ts';
import { mechanisms, type NameAndPassword } from './sasl.ts';
import type { Session } from './session.ts';

const DAY_MS = 86_400_000;
const CZECH_DAY = new Intl.DateTimeFormat('cs-CZ', { timeZone: 'Europe/Prague' });

export async function user(session: Session, name: string): Promise<void> {
  session.requireEncryption();
  session.userName = name;
  await session.connection.write(ok('Pošlete heslo'));
}

export async function pass(session: Session, password: string): Promise<void> {
  session.requireEncryption();
  const name = session.userName;
  if (name === undefined) throw new Misuse('Nejdříve pošlete USER');
  await logIn(session, { name, password });
}

export async function auth(
  session: Session,
  asked: { name: string; answer: string | undefined } | undefined,
): Promise<void> {
  if (asked === undefined) {
    const names = session.mayLogIn ? [...mechanisms.keys()] : [];
    await session.connection.write(okList('Způsoby přihlášení', names));
    return;
  }
  session.requireEncryption();
  const exchange = mechanisms.get(asked.name);
  if (exchange === undefined) throw new Misuse('Tento způsob přihlášení neumím');
  await logIn(session, await exchange(session, asked.answer));
}

async function logIn(session: Session, { name, password }: NameAndPassword): Promise<void> {
  session.userName = undefined;
  let identity: Identity;
  try {
    identity = await session.options.accounts.logIn({
      name,
      password: new Secret(password),
      sessionId: session.id,
      remoteAddress: session.connection.remoteAddress,
      protocol: 'pop3',
    });
  } catch (error) {
    session.failedLogins++;
    if (session.failedLogins >= MAX_FAILED_LOGINS) session.finish('too-many-failed-logins');
    throw error;
  }
  session.loggedIn(identity);
  await session.connection.write(
    ok(`Datová schránka ${identity.box.boxId}, ${identity.box.name}${expiryWarning(session, identity)}`),
  );
}

function expiryWarning(session: Session, { passwordExpiry }: Identity): string {
  if (passwordExpiry === undefined) return '';
  if (passwordExpiry.getTime() - session.clock.now() > EXPIRY_WARNING_DAYS * DAY_MS) return '';
  // The formatter puts no-break spaces into the date.
  return `; heslo platí do ${CZECH_DAY.format(passwordExpiry).replace(/\s/g, ' ')}, změňte ho na portálu`;
}
