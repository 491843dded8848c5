/** Downloads of large messages: whole, signed, or one file at a time (isds §5.4). */
import { piecesOf } from '../content.ts';
import { integerField, messageIdField } from '../fields.ts';
import type { Message } from '../message.ts';
import { hashInTurns, writeMessage } from '../message-xml.ts';
import { sequence } from '../sequence.ts';
import { type SignedKind, signMessage } from '../signed-message.ts';
import { StatusRefusal } from '../status.ts';
import type { Pieces } from '../xml-writer.ts';
import { type Call, type Operation, sealingOf } from './operation.ts';
import { downloadable, downloadableSent } from './reachable-messages.ts';

/** What the parts of signed messages are called at ISDS is not known. */
const SIGNED_TYPE = 'application/octet-stream';

const MESSAGE_ID = sequence('dmID');

/** Content is always inline here: this operation is not among those that answer in parts (isds §1.4). */
export const downloadBigMessage: Operation = {
  service: 'vodz',
  input: MESSAGE_ID,
  prefix: 'q',
  restrictable: true,
  run: async (call) => {
    const message = downloadable(call, 'large');
    await hashInTurns(message);
    return writeMessage(call.writer, message);
  },
};

export const downloadSignedBigMessage: Operation = signedDownload('message', (call) => downloadable(call, 'large'));

export const downloadSignedSentBigMessage: Operation = signedDownload('SentMessage', (call) =>
  downloadableSent(call, 'large'),
);

export const downloadAttachment: Operation = {
  service: 'vodz',
  input: sequence('dmID attNum'),
  prefix: 'q',
  restrictable: true,
  run: (call) => {
    const { writer, writeContent } = call;
    const number = integerField(call.request, 'attNum');
    if (number === undefined) throw new StatusRefusal('2042');
    const file = receivedOrSent(call).files[number];
    if (file === undefined) throw new StatusRefusal('1299');
    const { name, mimeType, metaType, content } = file;
    const encoded = writeContent(piecesOf(content), mimeType);
    const attributes = { dmFileMetaType: metaType, dmMimeType: mimeType, dmFileDescr: name };
    return around(
      writer.open('dmFile', attributes) + writer.open('dmEncodedContent'),
      encoded,
      writer.close('dmEncodedContent') + writer.close('dmFile'),
    );
  },
};

function receivedOrSent(call: Call): Message {
  const isSent = call.world.findMessage(messageIdField(call.request))?.sender.boxId === call.box.id;
  return isSent ? downloadableSent(call, 'large') : downloadable(call, 'large');
}

function signedDownload(kind: SignedKind, find: (call: Call) => Message): Operation {
  return {
    service: 'vodz',
    input: MESSAGE_ID,
    prefix: 'q',
    restrictable: true,
    run: async (call) => {
      const message = find(call);
      const code = call.world.timeStamps.codeFor(message.dmID, call.world.now());
      await hashInTurns(message);
      const signed = await signMessage(message, kind, await sealingOf(call));
      const { writer, writeContent } = call;
      const content = writeContent(signed, SIGNED_TYPE);
      return { body: around(writer.open('dmSignature'), content, writer.close('dmSignature')), code };
    },
  };
}

/** Content is never gathered: it is written as it is read. */
function* around(start: string, content: Pieces, end: string): Pieces {
  yield start;
  yield* content;
  yield end;
}
