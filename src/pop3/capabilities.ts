/** CAPA: what this server can do now (RFC 2449 §5 and §6). */
import { okList } from './reply.ts';
import type { Session } from './session.ts';

/**
 * One way to log in is offered although AUTH works as well, because programs try a wrong password once with every
 * mechanism offered (mail-clients §1.5). PIPELINING is not: a command sent ahead confirms no message (receipts.ts).
 */
export async function capa(session: Session): Promise<void> {
  const list = [
    // RFC 2449 §6.3: not where USER would be refused.
    ...(session.mayLogIn ? ['USER'] : []),
    'UIDL',
    'TOP',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'EXPIRE NEVER',
    // RFC 2595 §4: in the authorization state only.
    ...(offersStls(session) ? ['STLS'] : []),
    'IMPLEMENTATION Postolka',
  ];
  await session.connection.write(okList(session.options.wording.say('capabilities-follow'), list));
}

/** Whether STLS makes sense here and now (RFC 2595 §4). */
export function offersStls(session: Session): boolean {
  return !session.connection.encrypted && session.state === 'authorization';
}
