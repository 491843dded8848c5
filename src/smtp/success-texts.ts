/** What a mail program is told when all went well, or well in part. */
import type { Wording, Words } from '../refusals/index.ts';
import type { Recipient, Sent, SentMessage } from '../outbox/index.ts';
import { MAX_NAMES_LEFT_OUT } from './limits.ts';

/** The name of the box, and what the message costs where it costs something. */
export function describeRecipient({ name: known, boxId, ...payment }: Recipient, wording: Wording): string {
  const name = known ?? boxId;
  if (!payment.paid) return wording.say('recipient-free', { name });
  if (payment.unlessPrepaid !== undefined) return wording.say('recipient-prepaid-only', { name });
  if (payment.price === undefined) return wording.say('recipient-paid', { name });
  if (payment.price === 0) return wording.say('recipient-paid-by-another', { name });
  const price = inCrowns(payment.price);
  if (payment.largePrice === undefined) return wording.say('recipient-priced', { name, price });
  return wording.say('recipient-priced-by-size', { name, price, large: inCrowns(payment.largePrice) });
}

/** Whole crowns without decimals. */
function inCrowns(hellers: number): Words {
  const crowns = hellers % 100 === 0 ? String(hellers / 100) : (hellers / 100).toFixed(2);
  return { cs: crowns.replace('.', ','), en: crowns };
}

/** One line says it all; a line a message follows when there are several. */
export function sentText(sent: Sent, leftOut: readonly string[], wording: Wording): string {
  const { messages, failures, unsent } = sent;
  const lines = messages.map((message) => messageText(message, wording));
  if (lines.length > 1 || failures.length > 0) lines.unshift(summary(sent, wording));
  const [first = '', ...others] = lines;
  const parts = unsent.parts.map((part) => wording.say(`unsent-${part}`));
  return [first + leftOutText([...parts, ...leftOut, ...unsent.files], wording), ...others].join('\n');
}

function summary({ messages, failures }: Sent, wording: Wording): string {
  const count = messages.length + failures.length;
  if (failures.length === 0) return wording.say('messages-sent', { count });
  const boxes = failures.map(({ recipient }) => recipient.boxId).join(', ');
  return wording.say('messages-sent-in-part', { sent: messages.length, count, boxes });
}

function messageText({ recipient, dmID, repeated, prepaid }: SentMessage, wording: Wording): string {
  const box = recipient.name ?? recipient.boxId;
  const sent = prepaid ? 'message-sent-prepaid' : 'message-sent';
  return wording.say(repeated ? 'message-sent-before' : sent, { dmID, box });
}

/** A file wrongly taken for decoration must not vanish without a word (mail-clients §10.4). */
function leftOutText(names: readonly string[], wording: Wording): string {
  if (names.length === 0) return '';
  const phrase = names.length > MAX_NAMES_LEFT_OUT ? 'files-left-out-and-more' : 'files-left-out';
  return wording.say(phrase, { names: names.slice(0, MAX_NAMES_LEFT_OUT).join(', ') });
}
