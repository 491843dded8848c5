/** Who sent a message for its box, as far as the sender lets it be known (isds §5.6). */
import { type Message, State } from '../message.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';
import { sentOrReceived } from './reachable-messages.ts';

/** Bit of IdLevel (isds §6.1). */
const NAME = 1;

const MESSAGE_ID = sequence('dmID');

/** Of a message that was put into its box without anybody's request. */
const UNKNOWN = { userType: 'PRIMARY_USER', givenNames: '', lastName: '' };

export const messageAuthor: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  run: (call) => {
    const message = authored(call);
    const { userType, givenNames, lastName } = message.author ?? UNKNOWN;
    const name = `${givenNames} ${lastName}`.trim();
    return [call.writer.leaves({ userType, authorName: isPublished(message) && name !== '' ? name : undefined })];
  },
};

export const messageAuthor2: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  run: (call) => {
    const message = authored(call);
    const { userType, givenNames, lastName } = message.author ?? UNKNOWN;
    const named = isPublished(message) ? { pnGivenNames: givenNames, pnLastName: lastName } : {};
    const items = Object.entries({ userType, ...named }).filter(([, value]) => value !== '');
    const { writer } = call;
    return [
      writer.open('dmMessageAuthor'),
      ...items.map(([key, value]) => writer.open('maItem', { key, value }) + writer.close('maItem')),
      writer.close('dmMessageAuthor'),
    ];
  },
};

function isPublished({ publishedId = 0 }: Message): boolean {
  return (publishedId & NAME) !== 0;
}

function authored(call: Call): Message {
  const message = sentOrReceived(call);
  if (message.state === State.erased) throw new StatusRefusal('1219');
  return message;
}
