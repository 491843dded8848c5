/** The legal act: reading the list of received messages delivers everything that the login may read (isds §3.1, §3.2). */
import { type Login, may } from './box.ts';
import { isWaiting, type Message, State } from './message.ts';
import type { World } from './world.ts';

/** Delivers all waiting messages of the box, whatever range and filter the list asks for. */
export function deliverByLogin(world: World, login: Login): void {
  for (const message of world.messagesOf(login.boxId, 'recipient')) {
    if (!isWaiting(message) || !mayRead(login, message) || isWithheld(login, message)) continue;
    const now = world.now();
    message.state = State.deliveredByLogin;
    // A message that fiction has delivered keeps that time.
    message.deliveredAt ??= now;
    message.changes.push({ at: now, state: State.deliveredByLogin });
    message.events.push({ at: now, description: eventOf(login) });
  }
}

/** Ordinary messages need bit 1, those for personal delivery bit 2 (isds §2.7). */
export function mayRead(login: Login, message: Message): boolean {
  return may(login, message.personalDelivery === true ? 'readPersonal' : 'readOrdinary');
}

/** VVR that waits is delivered to the holder only, not to others whom he trusts, nor to a certificate (isds §3.2). */
export function isWithheld(login: Login, message: Message): boolean {
  const isHolder = login.userType === 'PRIMARY_USER' && login.byCertificate !== true;
  return message.vvr && isWaiting(message) && !isHolder;
}

function eventOf(login: Login): string {
  return login.userType === 'PRIMARY_USER'
    ? 'EV11: Přihlásila se oprávněná osoba, zpráva byla doručena.'
    : 'EV12: Přihlásila se pověřená osoba, zpráva byla doručena.';
}
