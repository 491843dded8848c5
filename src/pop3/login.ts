/** USER, PASS and AUTH: one password, one question to the accounts (RFC 1939 §7, RFC 5034). */
import { Secret } from '../core/index.ts';
import { type Identity, refuseAnother, refuseForeign } from '../accounts/index.ts';
import { EXPIRY_WARNING_DAYS, MAX_FAILED_LOGINS } from './limits.ts';
import { Misuse } from './rejection.ts';
import { ok, okList } from './reply.ts';
import { mechanisms, type NameAndPassword } from './sasl.ts';
import type { Session } from './session.ts';

const DAY_MS = 86_400_000;

/** USER (RFC 1939 §7); tells nobody whether the name exists. */
export async function user(session: Session, name: string): Promise<void> {
  session.requireEncryption();
  session.userName = name;
  await session.connection.write(ok(session.options.wording.say('send-password')));
}

/** PASS (RFC 1939 §7). */
export async function pass(session: Session, password: string): Promise<void> {
  session.requireEncryption();
  const name = session.userName;
  if (name === undefined) throw new Misuse('user-first');
  await logIn(session, { name, password, onBehalfOf: '' });
}

/** AUTH (RFC 5034); without an argument it lists the mechanisms. */
export async function auth(
  session: Session,
  asked: { name: string; answer: string | undefined } | undefined,
): Promise<void> {
  if (asked === undefined) {
    const names = session.mayLogIn ? [...mechanisms.keys()] : [];
    await session.connection.write(okList(session.options.wording.say('mechanisms-follow'), names));
    return;
  }
  session.requireEncryption();
  const exchange = mechanisms.get(asked.name);
  if (exchange === undefined) throw new Misuse('mechanism-unknown');
  await logIn(session, await exchange(session, asked.answer));
}

async function logIn(session: Session, { name, password, onBehalfOf }: NameAndPassword): Promise<void> {
  session.userName = undefined;
  let identity: Identity;
  const { accounts, domain } = session.options;
  try {
    refuseAnother(onBehalfOf, name, domain);
    identity = await accounts.logIn({
      name,
      password: new Secret(password),
      sessionId: session.id,
      remoteAddress: session.connection.remoteAddress,
      protocol: 'pop3',
      left: session.connection.left,
    });
    refuseForeign(onBehalfOf, identity, domain);
  } catch (error) {
    session.failedLogins++;
    if (session.failedLogins >= MAX_FAILED_LOGINS) session.finish('too-many-failed-logins');
    throw error;
  }
  session.loggedIn(identity);
  await session.connection.write(ok(welcome(session, identity)));
}

function welcome({ clock, options: { wording } }: Session, { box, passwordExpiry }: Identity): string {
  const facts = { box: box.boxId, name: box.name };
  if (passwordExpiry === undefined || passwordExpiry.getTime() - clock.now() > EXPIRY_WARNING_DAYS * DAY_MS) {
    return wording.say('box-open', facts);
  }
  return wording.say('box-open-password-expires', { ...facts, day: wording.day(passwordExpiry) });
}
