/** Downloads of ordinary messages, of envelopes, and the mark that a message was read (isds §5). */
import { may } from '../box.ts';
import { writeTimes } from '../envelope-xml.ts';
import { asSenderSees, downloadedState, isWaiting, type Message, State } from '../message.ts';
import { largeAttributes, writeDmEnvelope, writeMessage, writeSeal } from '../message-xml.ts';
import { encodeBase64 } from '../base64.ts';
import { sequence } from '../sequence.ts';
import { type SignedKind, signMessage } from '../signed-message.ts';
import { StatusRefusal } from '../status.ts';
import type { Pieces } from '../xml-writer.ts';
import { type Call, type Operation, requirePermission, type Result, sealingOf } from './operation.ts';
import { downloadable, downloadableSent, readable, received, sent } from './reachable-messages.ts';

const MESSAGE_ID = sequence('dmID');

/** What all that give content have in common (isds §1.3, §1.8). */
const CONTENT = { service: 'dz', input: MESSAGE_ID, prefix: 'q', watched: true, restrictable: true } as const;

export const downloadMessage: Operation = {
  ...CONTENT,
  run: (call) => writeMessage(call.writer, downloadable(call, 'ordinary')),
};

export const downloadSignedMessage: Operation = {
  ...CONTENT,
  run: async (call) => {
    const message = downloadable(call, 'ordinary');
    return signedAs(call, message, 'message');
  },
};

export const downloadSignedSentMessage: Operation = {
  ...CONTENT,
  run: async (call) => {
    const message = downloadableSent(call, 'ordinary');
    return signedAs(call, message, 'SentMessage');
  },
};

export const downloadEnvelope: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: (call) => {
    requirePermission(call, 'viewInfo');
    // The envelope outlives the content (isds §3.5), and large messages have the same one (isds §5.1).
    return writeReturnedEnvelope(call, readable(call));
  },
};

export const downloadSentEnvelope: Operation = {
  service: 'dx',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: (call) => {
    // Either right is enough (isds §5.1).
    if (!may(call.login, 'send')) requirePermission(call, 'viewInfo');
    return writeReturnedEnvelope(call, asSenderSees(sent(call)));
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

function writeReturnedEnvelope({ writer }: Call, message: Message): Pieces {
  return [
    writer.open('dmReturnedMessageEnvelope', largeAttributes(message)),
    writeDmEnvelope(message),
    ...writeSeal(writer, message),
    writeTimes(writer, message),
    writer.leaves({ dmMessageStatus: downloadedState(message), dmAttachmentSize: message.attachmentSize }),
    writer.close('dmReturnedMessageEnvelope'),
  ];
}

async function signedAs(call: Call, message: Message, kind: SignedKind): Promise<Result> {
  const code = call.world.timeStamps.codeFor(message.dmID, call.world.now());
  return { body: writeSignature(call, await signMessage(message, kind, await sealingOf(call))), code };
}

function* writeSignature({ writer }: Call, signed: Iterable<Buffer>): Generator<string> {
  yield writer.open('dmSignature');
  yield* encodeBase64(signed);
  yield writer.close('dmSignature');
}
