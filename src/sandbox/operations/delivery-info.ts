/** What became of a message, for its sender and its recipient (isds §7.3). */
import { encodeBase64 } from '../base64.ts';
import { writeDelivery } from '../delivery-xml.ts';
import { messageIdField } from '../fields.ts';
import type { Message } from '../message.ts';
import { sequence } from '../sequence.ts';
import { signDelivery } from '../signed-message.ts';
import { StatusRefusal } from '../status.ts';
import { type Call, type Operation, requirePermission, sealingOf } from './operation.ts';

const MESSAGE_ID = sequence('dmID');

export const deliveryInfo: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: (call) => writeDelivery(call.writer, sentOrReceived(call)),
};

export const signedDeliveryInfo: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: async (call) => {
    const { writer } = call;
    const signed = await signDelivery(sentOrReceived(call), await sealingOf(call));
    return [writer.open('dmSignature'), ...encodeBase64(signed), writer.close('dmSignature')];
  },
};

function sentOrReceived(call: Call): Message {
  requirePermission(call, 'viewInfo');
  const { world, box, request } = call;
  const message = world.findMessage(messageIdField(request));
  if (message === undefined) throw new StatusRefusal('1219');
  if (message.sender.boxId !== box.id && message.recipient.boxId !== box.id) throw new StatusRefusal('1211');
  return message;
}
