/** Sends a draft once: what is under way, done or in doubt is not sent again (design §1.3). */
import { createHash } from 'node:crypto';
import type { Identity } from '../accounts/index.ts';
import { type Clock, type Log, pickupAddress } from '../core/index.ts';
import { IsdsError, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import type { Draft } from '../mime/index.ts';
import type { MessageIndex, Submissions } from '../store/index.ts';
import { type ComposeLimits, composeMessage, findOriginal } from './compose.ts';
import { createRecipientCheck } from './recipient.ts';
import { checkSender } from './sender.ts';
import { settleDoubt } from './settlement.ts';
import type { Outbox, Recipient, Submitted } from './types.ts';

export interface OutboxOptions extends ComposeLimits {
  readonly submissions: Submissions;
  readonly index: Pick<MessageIndex, 'permit'>;
  readonly domain: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** An identical mail within this time of a success is a mail program's repetition; later it is meant (mail-clients §9.3). */
const REPETITION_MS = 15 * 60_000;

/** How far back a message of unknown fate is looked for when the same one comes again. */
const DOUBT_MS = 24 * 60 * 60_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const { submissions, domain, clock, log } = options;
  const underWay = new Map<string, Promise<Submitted>>();

  async function sendOnce(identity: Identity, message: OutgoingMessage, digest: string, session: string) {
    const { account } = identity;
    const now = clock.now();
    const earlier = await submissions.find(account, digest, now - DOUBT_MS);
    if (earlier?.state === 'begun') {
      const dmID = await settleDoubt(identity, message, earlier, { submissions, clock });
      log.info(
        { session, account, dmID },
        dmID === undefined ? 'doubtful message was not sent' : 'doubtful message was sent',
      );
      if (dmID !== undefined) return { dmID, repeated: true };
    }
    if (earlier?.dmID !== undefined && earlier.begunAt > now - REPETITION_MS) {
      log.info({ session, account, dmID: earlier.dmID }, 'repetition of a sent message');
      return { dmID: earlier.dmID, repeated: true };
    }
    const key = await submissions.begin(account, digest, session, now);
    const dmID = await create(identity, message, key);
    await submissions.settle(key, { state: 'sent', dmID });
    log.info({ session, account, dmID, files: message.files.length }, 'data message sent');
    return { dmID, repeated: false };
  }

  async function create(identity: Identity, message: OutgoingMessage, key: number): Promise<string> {
    try {
      return await identity.isds.createMessage(message);
    } catch (error) {
      if (!(error instanceof IsdsError)) throw error;
      if (error.outcome === 'not-executed') await submissions.settle(key, { state: 'refused' });
      throw refusalFor(error, { box: message.recipientBox, address: message.recipientBox });
    }
  }

  return {
    isPickupAddress: (address) => address.toLowerCase() === pickupAddress(domain),
    permitPickup: (identity) => options.index.permit(identity.account, clock.now()),
    checkSender: (identity, address) => checkSender(identity, address, domain),
    checkRecipient: createRecipientCheck(domain, clock),

    async send(identity, recipient, draft, sessionId): Promise<Submitted> {
      const original = await findOriginal(identity, draft, recipient, domain);
      const message = await composeMessage(draft, recipient, original, options);
      const digest = digestOf(identity, recipient, draft);
      const first = underWay.get(digest);
      if (first) return { ...(await first), repeated: true };
      const sending = sendOnce(identity, message, digest, sessionId).finally(() => underWay.delete(digest));
      underWay.set(digest, sending);
      return sending;
    },
  };
}

/**
 * What makes two mails the same data message. Message-ID, date and boundaries are left out: mail programs renew them when
 * they try again (mail-clients §1.15).
 */
function digestOf(identity: Identity, recipient: Recipient, draft: Draft): string {
  const files = draft.files.map(({ name, sha256 }) => [name, sha256]);
  const parts = [identity.account, recipient.boxId, draft.subject, draft.text ?? '', files];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
