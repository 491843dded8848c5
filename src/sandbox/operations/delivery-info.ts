/** What became of a message, for its sender and its recipient (isds §7.3). */
import { encodeBase64 } from '../base64.ts';
import { writeDelivery } from '../delivery-xml.ts';
import { sequence } from '../sequence.ts';
import { signDelivery } from '../signed-message.ts';
import { type Operation, sealingOf } from './operation.ts';
import { sentOrReceived } from './reachable-messages.ts';

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
