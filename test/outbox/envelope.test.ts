/** What the envelope of a message becomes, and when money must not be spent on it. */
import { expect, test } from 'vitest';
import type { PdzOffer } from '../../src/isds/index.ts';
import { composeEnvelope, contradictions } from '../../src/outbox/compose.ts';
import type { Recipient } from '../../src/outbox/index.ts';
import type { EnvelopeOptions } from '../../src/outbox/envelope-options.ts';
import { answeredTo } from '../../src/outbox/payment.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { identityOf, newIsds } from './fakes.ts';

const firm: Recipient = { boxId: 'stavby2', name: 'Stavby Šťastný', paid: true };
const office: Recipient = { boxId: 'stavby2', name: 'Úřad', paid: false };
const original = (type: string | undefined) =>
  envelopeOf({ senderBox: 'stavby2', type, senderRefNumber: 'NAB-77/2026', recipientRefNumber: undefined });

const offer: PdzOffer = {
  type: 'O',
  recipientBox: 'stavby2',
  payerBox: 'stavby2',
  expiresAt: undefined,
  count: 1,
  replyIdent: 'NAB-77/2026',
};

interface Case {
  readonly options?: EnvelopeOptions;
  readonly recipient?: Recipient;
  readonly answers?: ReturnType<typeof original> | 'unseen';
  /** The recipient has prepaid a reply. */
  readonly offered?: boolean;
  readonly paidMessages?: 'refuse';
}

async function outcomeOf({ options = {}, recipient = firm, answers, offered, paidMessages }: Case): Promise<string> {
  const isds = newIsds();
  isds.pdzOffers = async () => (offered ? [offer] : []);
  const answered = await answeredTo(identityOf(isds), recipient, answers, { now: () => 0 });
  const { fields, refusal } = composeEnvelope(options, recipient, answered, paidMessages ?? 'allow');
  return refusal?.reason ?? fields.type ?? 'as ISDS chooses';
}

const numbered = { recipientRefNumber: 'NAB-77/2026' };

test.each<[string, Case, string]>([
  ['a new message', {}, 'as ISDS chooses'],
  ['a reply to a public message', { answers: original(undefined) }, 'as ISDS chooses'],
  ['a reply to a paid message', { answers: original('K') }, 'as ISDS chooses'],
  ['a reply to an initiatory message', { answers: original('I') }, 'O'],
  ['a reply to a subsidised initiatory message', { answers: original('A') }, 'O'],
  [
    'a reply to one in a message to somebody else',
    { answers: { ...original('I'), senderBox: 'pekarn4' } },
    'as ISDS chooses',
  ],
  ['a reply to one that is answered', { answers: original('Y') }, 'prepaid-reply-gone'],
  ['a reply to one that has expired', { answers: original('X') }, 'prepaid-reply-gone'],
  ['a reply to a subsidised one that is answered', { answers: original('B') }, 'prepaid-reply-gone'],
  ['a reply to a subsidised one that has expired', { answers: original('C') }, 'prepaid-reply-gone'],
  ['a free reply to one that has expired', { answers: original('X'), recipient: office }, 'as ISDS chooses'],
  ['a free reply to an initiatory message', { answers: original('I'), recipient: office }, 'as ISDS chooses'],
  ['a reply to one that is not shown any more', { answers: 'unseen' }, 'as ISDS chooses'],
  [
    'a reply to one that is not shown, and may be prepaid',
    { answers: 'unseen', offered: true },
    'prepaid-reply-impossible',
  ],
  [
    'payment for a reply that may be prepaid',
    { answers: 'unseen', offered: true, options: { prepaidReply: false } },
    'as ISDS chooses',
  ],
  ['a free reply to one that is not shown', { answers: 'unseen', offered: true, recipient: office }, 'as ISDS chooses'],
  ['no prepaid reply wished', { answers: original('I'), options: { prepaidReply: false } }, 'as ISDS chooses'],
  [
    'no prepaid reply wished, which is gone',
    { answers: original('Y'), options: { prepaidReply: false } },
    'as ISDS chooses',
  ],
  ['payment from credit wished', { answers: original('I'), options: { type: 'E' } }, 'E'],
  ['the prepaid reply wished', { answers: original('I'), options: { type: 'O' } }, 'O'],
  ['the prepaid reply wished, which is gone', { answers: original('X'), options: { type: 'O' } }, 'prepaid-reply-gone'],
  ['the prepaid reply wished, without a message', { options: { prepaidReply: true } }, 'prepaid-reply-impossible'],
  ['the prepaid reply wished to a number', { options: { type: 'O', ...numbered } }, 'O'],
  ['the right number beside the reply', { answers: original('I'), options: numbered }, 'O'],
  ['another number', { answers: original('I'), options: { recipientRefNumber: 'X' } }, 'prepaid-reply-ref-number'],
  ['a box that takes nothing else', { recipient: { ...firm, unlessPrepaid: 'payment-missing' } }, 'payment-missing'],
  [
    'payment wished to a box that takes nothing else',
    { recipient: { ...firm, unlessPrepaid: 'paid-message-off' }, answers: original('I'), options: { type: 'K' } },
    'paid-message-off',
  ],
  [
    'a prepaid reply to a box that takes nothing else',
    { recipient: { ...firm, unlessPrepaid: 'recipient-closed' }, answers: original('I') },
    'O',
  ],
  [
    'payment wished for a free message, and payment is off',
    { recipient: office, options: { type: 'K' }, paidMessages: 'refuse' },
    'paid-message-off',
  ],
  ['a free message, and payment is off', { recipient: office, paidMessages: 'refuse' }, 'as ISDS chooses'],
])('%s', async (_, given, outcome) => {
  expect(await outcomeOf(given)).toBe(outcome);
});

test('a refused message keeps its envelope, by which an earlier one is found', () => {
  const { fields } = composeEnvelope({ toHands: 'Novák' }, firm, original('Y'), 'allow');
  expect(fields).toMatchObject({ recipientBox: 'stavby2', toHands: 'Novák', recipientRefNumber: 'NAB-77/2026' });
});

test('a prepaid reply names the message that it answers by its number', () => {
  expect(composeEnvelope({}, firm, original('I'), 'allow').fields).toMatchObject({ type: 'O', ...numbered });
});

test('address and header come together, and what only steers the gateway stays here', () => {
  const recipient: Recipient = { ...office, personalDelivery: true };
  const options: EnvelopeOptions = {
    toHands: 'Novák',
    publishOwnId: false,
    prepaidReply: false,
    legalTitle: { law: '500' },
  };
  expect(composeEnvelope(options, recipient, undefined, 'allow').fields).toEqual({
    recipientBox: 'stavby2',
    toHands: 'Novák',
    personalDelivery: true,
    legalTitle: { law: '500' },
  });
});

test.each<[EnvelopeOptions, Partial<Recipient>, number]>([
  [{ toHands: 'Jan Novak' }, { toHands: 'Jan Novak' }, 0],
  [{ toHands: 'Jan Novák' }, { toHands: 'Jan Novak' }, 1],
  [{ toHands: 'Jan Novák' }, { personalDelivery: true }, 0],
  [{ personalDelivery: true }, { personalDelivery: true }, 0],
  [{ personalDelivery: false }, { personalDelivery: true }, 1],
  [{ personalDelivery: false }, {}, 0],
  [{ personalDelivery: false, toHands: 'X' }, { personalDelivery: true, toHands: 'Y' }, 2],
])('headers %j and address options %j contradict each other %i times', (options, inAddress, count) => {
  expect(contradictions(options, { ...office, ...inAddress })).toHaveLength(count);
});
