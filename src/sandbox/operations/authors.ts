/** Who sent a message for its box, as far as the sender lets it be known (isds §5.6). */
import { type Author, State } from '../message.ts';
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
    const { userType, givenNames, lastName } = authorOf(call);
    const name = `${givenNames} ${lastName}`.trim();
    return [call.writer.leaves({ userType, authorName: name === '' ? undefined : name })];
  },
};

export const messageAuthor2: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  run: (call) => {
    const { userType, givenNames: pnGivenNames, lastName: pnLastName } = authorOf(call);
    const items = Object.entries({ userType, pnGivenNames, pnLastName }).filter(([, value]) => value !== '');
    const { writer } = call;
    return [
      writer.open('dmMessageAuthor'),
      ...items.map(([key, value]) => writer.open('maItem', { key, value }) + writer.close('maItem')),
      writer.close('dmMessageAuthor'),
    ];
  },
};

/** The names only if they were published. An erased message tells of nobody. */
function authorOf(call: Call): Author {
  const { state, author = UNKNOWN, publishedId = 0 } = sentOrReceived(call);
  if (state === State.erased) throw new StatusRefusal('1219');
  return (publishedId & NAME) === 0 ? { ...author, givenNames: '', lastName: '' } : author;
}
