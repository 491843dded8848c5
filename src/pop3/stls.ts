/** STLS: going on under TLS (RFC 2595 §4). */
import { offersStls } from './capabilities.ts';
import { Misuse } from './rejection.ts';
import { ok } from './reply.ts';
import type { Session } from './session.ts';

export async function stls(session: Session): Promise<void> {
  if (!offersStls(session)) throw new Misuse('encrypted-already');
  // Nothing that was said in the clear counts afterwards.
  session.userName = undefined;
  const { connection, options, times } = session;
  const secured = await connection.startTls(ok(options.wording.say('begin-tls')), options.tls, times.handshake);
  if (!secured) session.finish('tls-failed');
}
