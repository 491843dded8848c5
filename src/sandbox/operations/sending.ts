/** CreateMessage: an ordinary message to one box (isds §6.1). */
import { readFiles } from '../message-files.ts';
import { attributeOf, requiredChild } from '../fields.ts';
import { sequence } from '../sequence.ts';
import type { Operation } from './operation.ts';
import {
  ABOUT_SENDER,
  ANNOTATIONS,
  findRecipient,
  readAnnotations,
  RECIPIENT,
  requireSender,
  SENDER_UNIT,
  submit,
} from './outgoing.ts';

export const createMessage: Operation = {
  service: 'dz',
  input: sequence('dmEnvelope dmFiles', {
    dmEnvelope: sequence(`${SENDER_UNIT} ${RECIPIENT} ${ANNOTATIONS} ${ABOUT_SENDER}`),
    // What is wrong with files has codes of its own.
    dmFiles: 'unchecked',
  }),
  prefix: 'p',
  run: (call) => {
    requireSender(call);
    const envelope = requiredChild(call.request, 'dmEnvelope');
    const recipient = findRecipient(call, envelope);
    const annotations = readAnnotations(envelope);
    const files = readFiles(requiredChild(call.request, 'dmFiles'), '1285');
    const message = submit(call, recipient, { annotations, files, wished: attributeOf(envelope, 'dmType') });
    return [call.writer.leaf('dmID', message.dmID)];
  },
};
