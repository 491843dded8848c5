/** What became of a message: dmDelivery (isds §7.3). */
import { formatTime } from './czech-time.ts';
import { writeTimes } from './envelope-xml.ts';
import type { Message } from './message.ts';
import { writeDmEnvelope, writeSeal } from './message-xml.ts';
import type { Pieces, XmlWriter } from './xml-writer.ts';

export function* writeDelivery(writer: XmlWriter, message: Message): Pieces {
  yield writer.open('dmDelivery') + writeDmEnvelope(message);
  yield* writeSeal(writer, message);
  yield writeTimes(writer, message) + writer.leaf('dmMessageStatus', message.state) + writer.open('dmEvents');
  for (const { at, description } of message.events) {
    const fields = writer.leaves({ dmEventTime: formatTime(at), dmEventDescr: description });
    yield writer.open('dmEvent') + fields + writer.close('dmEvent');
  }
  yield writer.close('dmEvents') + writer.close('dmDelivery');
}
