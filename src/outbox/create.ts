/** The ways in which ISDS takes letters: one ordinary message, one call for several boxes, one large message. */
import type { Identity } from '../accounts/index.ts';
import { Refused } from '../refusals/index.ts';
import { IsdsError, refusalFor } from '../isds/index.ts';
import type { Letter } from './letter.ts';
import { createLarge, isLarge } from './large.ts';
import { sendTogether } from './multiple.ts';
import type { Uploads } from './uploads.ts';

/** A dmID or a refusal for each letter of a group; `outcome-unknown` among several where ISDS left one open. */
export type Created = readonly (string | Refused)[];

/** What can be done before the message exists and does no harm when it is done again: the upload of large files. */
export async function prepare(identity: Identity, group: readonly Letter[], uploads: Uploads): Promise<void> {
  for (const { message, content } of group) {
    if (isLarge(message)) await uploads.of(identity, content, message.files);
  }
}

/** Rejects with Refused `outcome-unknown` when it is uncertain whether a message was created. */
export async function create(
  identity: Identity,
  group: readonly Letter[],
  isdsAt: number | undefined,
  uploads: Uploads,
): Promise<Created> {
  const [only, ...others] = group;
  if (only === undefined) return [];
  if (others.length > 0) return sendTogether(identity, group, isdsAt);
  return [
    isLarge(only.message)
      ? await createLarge(identity, only, uploads)
      : await identity.isds.createMessage(only.message),
  ];
}

/** How a failure for certain is told of each letter; one that leaves it open is thrown on. */
export function certainRefusal(error: unknown): (letter: Letter) => Refused {
  if (error instanceof Refused && error.reason !== 'outcome-unknown') return () => error;
  if (!(error instanceof IsdsError)) throw error;
  if (error.outcome === 'unknown') throw refusalFor(error);
  return ({ recipient: { boxId } }) => refusalFor(error, { box: boxId, address: boxId });
}
