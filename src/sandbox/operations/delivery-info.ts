/** What became of a message, for its sender and its recipient (isds §7.3). */
import { formatTime } from '../czech-time.ts';
import { writeTimes } from '../envelope-xml.ts';
import { messageIdField } from '../fields.ts';
import { writeDmEnvelope, writeSeal } from '../message-xml.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import { type Operation, requirePermission } from './operation.ts';

export const deliveryInfo: Operation = {
  service: 'dx',
  input: sequence('dmID'),
  prefix: 'q',
  restrictable: true,
  run: (call) => {
    requirePermission(call, 'viewInfo');
    const { world, box, writer, request } = call;
    const message = world.findMessage(messageIdField(request));
    if (message === undefined) throw new StatusRefusal('1219');
    if (message.sender.boxId !== box.id && message.recipient.boxId !== box.id) throw new StatusRefusal('1211');
    const events = message.events.map(({ at, description }) => {
      const fields = writer.leaves({ dmEventTime: formatTime(at), dmEventDescr: description });
      return writer.open('dmEvent') + fields + writer.close('dmEvent');
    });
    return [
      writer.open('dmDelivery'),
      writeDmEnvelope(message),
      ...writeSeal(writer, message),
      writeTimes(writer, message),
      writer.leaf('dmMessageStatus', message.state),
      writer.open('dmEvents'),
      ...events,
      writer.close('dmEvents'),
      writer.close('dmDelivery'),
    ];
  },
};
