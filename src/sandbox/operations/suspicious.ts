/** SuspMessageReport: a received message is told to be suspicious, and carries the mark from then on (isds §5.6). */
import { BOX_TYPES } from '../box.ts';
import { booleanField, messageIdField, textField } from '../fields.ts';
import { State } from '../message.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Operation } from './operation.ts';

/** Numbers of the types of authorities, the system's 0 aside (isds §8.5). */
const FIRST_AUTHORITY = BOX_TYPES.OVM;
const LAST_AUTHORITY = 19;

const PHONE = /^\+?[\d ]{5,20}$/;
const MAIL = /^[^\s@]+@[^\s@]+$/;

export const reportSuspicious: Operation = {
  service: 'dx',
  input: sequence('dmID repName? repMail? repTel? allowComplete note?'),
  prefix: 'q',
  run: ({ world, box, request }) => {
    const message = world.findMessage(messageIdField(request));
    booleanField(request, 'allowComplete');
    if (message === undefined || message.state === State.erased) throw new StatusRefusal('1600');
    const { sender, recipient } = message;
    if (sender.boxId === box.id) throw new StatusRefusal('1616');
    if (recipient.boxId !== box.id) throw new StatusRefusal('1611');
    if (sender.type === 0) throw new StatusRefusal('1609');
    if (sender.type >= FIRST_AUTHORITY && sender.type <= LAST_AUTHORITY) throw new StatusRefusal('1610');
    if (message.state === State.inVault) throw new StatusRefusal('1612');
    if (!fits(textField(request, 'repTel'), PHONE)) throw new StatusRefusal('1614');
    if (!fits(textField(request, 'repMail'), MAIL)) throw new StatusRefusal('1615');
    message.suspicious = true;
    return [];
  },
};

function fits(text: string | undefined, form: RegExp): boolean {
  return text === undefined || form.test(text);
}
