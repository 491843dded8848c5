/** What a mail program is told when all went well, or well in part. */
import type { Wording } from '../core/index.ts';
import type { Recipient, Sent, SentMessage } from '../outbox/index.ts';
import { MOST_NAMES_LEFT_OUT } from './limits.ts';

export function describeRecipient({ name, boxId, paid }: Recipient, wording: Wording): string {
  return wording.say(paid ? 'recipient-paid' : 'recipient-free', { name: name ?? boxId });
}

/** One line says it all; a line a message follows when there are several. */
export function sentText(sent: Sent, leftOut: readonly string[], wording: Wording): string {
  const { messages, failures } = sent;
  const lines = messages.map((message) => messageText(message, wording));
  if (lines.length > 1 || failures.length > 0) lines.unshift(summary(sent, wording));
  const [first = '', ...others] = lines;
  return [first + leftOutText(leftOut, wording), ...others].join('\n');
}

function summary({ messages, failures }: Sent, wording: Wording): string {
  const count = messages.length + failures.length;
  if (failures.length === 0) return wording.say('messages-sent', { count });
  const boxes = failures.map(({ recipient }) => recipient.boxId).join(', ');
  return wording.say('messages-sent-in-part', { sent: messages.length, count, boxes });
}

function messageText({ recipient, dmID, repeated }: SentMessage, wording: Wording): string {
  const box = recipient.name ?? recipient.boxId;
  return wording.say(repeated ? 'message-sent-before' : 'message-sent', { dmID, box });
}

/** A file wrongly taken for decoration must not vanish without a word (mail-clients §10.4). */
function leftOutText(names: readonly string[], wording: Wording): string {
  if (names.length === 0) return '';
  const phrase = names.length > MOST_NAMES_LEFT_OUT ? 'files-left-out-and-more' : 'files-left-out';
  return wording.say(phrase, { names: names.slice(0, MOST_NAMES_LEFT_OUT).join(', ') });
}
