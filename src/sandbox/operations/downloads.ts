/** Downloads of received messages and the mark that they were read (isds §5). */
import { envelopeAttributes, writeTimes } from '../envelope-xml.ts';
import { messageIdField } from '../fields.ts';
import { mayRead } from '../login-delivery.ts';
import { encodeBase64Pieces } from '../base64.ts';
import { isWaiting, type Message, State } from '../message.ts';
import { writeDmEnvelope, writeMessage, writeSeal } from '../message-xml.ts';
import { sequence } from '../sequence.ts';
import { signMessage } from '../signed-message.ts';
import { StatusRefusal } from '../status.ts';
import { type Call, type Operation, requirePermission } from './operation.ts';

const MESSAGE_ID = sequence('dmID');

export const downloadMessage: Operation = {
  service: 'dz',
  input: MESSAGE_ID,
  prefix: 'q',
  watched: true,
  restrictable: true,
  run: (call) => writeMessage(call.writer, asDownloaded(downloadable(call))),
};

export const downloadSignedMessage: Operation = {
  service: 'dz',
  input: MESSAGE_ID,
  prefix: 'q',
  watched: true,
  restrictable: true,
  run: async (call) => {
    const message = asDownloaded(downloadable(call));
    return writeSignature(call, signMessage(message, await call.sealKey(), call.world.now()));
  },
};

export const downloadEnvelope: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: '',
  restrictable: true,
  run: (call) => {
    requirePermission(call, 'viewInfo');
    // The envelope outlives the content (isds §3.5), and large messages have the same one (isds §5.1).
    const message = asDownloaded(readable(call));
    const { writer } = call;
    const attributes = { ...envelopeAttributes(message), dmVODZ: message.vodz ? true : undefined };
    return [
      writer.open('dmReturnedMessageEnvelope', { ...attributes, attsNum: message.files.length }),
      writeDmEnvelope(message),
      ...writeSeal(writer, message),
      writeTimes(writer, message),
      writer.leaves({ dmMessageStatus: message.state, dmAttachmentSize: message.attachmentSize }),
      writer.close('dmReturnedMessageEnvelope'),
    ];
  },
};

export const markAsDownloaded: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: (call) => {
    const message = received(call);
    if (message.state === State.erased) throw new StatusRefusal('1219');
    if (isWaiting(message)) throw new StatusRefusal('1248');
    if (message.state === State.deliveredByLogin) message.state = State.read;
    return [];
  },
};

/** A message of the own box that this login may read, its content perhaps gone. */
function readable(call: Call): Message {
  const message = received(call);
  if (!mayRead(call.login, message)) throw new StatusRefusal(message.personalDelivery === true ? '1208' : '1207');
  if (isWaiting(message)) throw new StatusRefusal('1222');
  return message;
}

function downloadable(call: Call): Message {
  if ((call.login.permissions & 3) === 0) throw new StatusRefusal('1207');
  const message = readable(call);
  if (message.state === State.erased) throw new StatusRefusal('1219');
  if (message.state === State.undeliverable) throw new StatusRefusal('1230');
  if (message.vodz) throw new StatusRefusal('1281');
  return message;
}

/** Unknown numbers are 1219, a message of another box and an own sent one 1211 (isds §9); the infected one never reached the box. */
function received({ world, box, request }: Call): Message {
  const message = world.findMessage(messageIdField(request));
  if (message === undefined) throw new StatusRefusal('1219');
  if (message.recipient.boxId !== box.id || message.state === State.infected) throw new StatusRefusal('1211');
  return message;
}

/** A message in the vault shows the state before, with 7 as 6 (isds §3.4). */
function asDownloaded(message: Message): Message {
  return message.state === State.inVault ? { ...message, state: State.deliveredByLogin } : message;
}

function* writeSignature({ writer }: Call, signed: Iterable<Buffer>): Generator<string> {
  yield writer.open('dmSignature');
  yield* encodeBase64Pieces(signed);
  yield writer.close('dmSignature');
}
