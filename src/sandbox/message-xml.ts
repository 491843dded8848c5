/** A whole message as MessageDownload and the signed form carry it (isds §5.2, §5.3). */
import { createHash } from 'node:crypto';
import { envelopeAttributes, writeEnvelope, writeTimes } from './envelope-xml.ts';
import { writeFiles } from './files-xml.ts';
import type { Message } from './message.ts';
import { gather, type Pieces, XmlWriter } from './xml-writer.ts';

export const MESSAGE_NAMESPACE = 'http://isds.czechpoint.cz/v20';

/** dmDm redeclares its own prefix, so that its octets are the same in every answer (isds §1.3). */
const INNER = new XmlWriter('p');

/** dmReturnedMessage; the state may differ from the message's own. */
export function* writeMessage(outer: XmlWriter, message: Message): Generator<string | Buffer> {
  yield outer.open('dmReturnedMessage', envelopeAttributes(message));
  yield* writeDm(message);
  yield* writeSeal(outer, message);
  yield writeTimes(outer, message);
  yield outer.leaf('dmMessageStatus', message.state) + outer.leaf('dmAttachmentSize', message.attachmentSize);
  yield outer.close('dmReturnedMessage');
}

/** dmDm without files, as envelopes and delivery data have it. */
export function writeDmEnvelope(message: Message): string {
  return `${openDm() + writeEnvelope(INNER, message)}${INNER.close('dmDm')}`;
}

function* writeDm(message: Message): Generator<string | Buffer> {
  yield openDm() + writeEnvelope(INNER, message);
  yield* writeFiles(INNER, message);
  yield INNER.close('dmDm');
}

function openDm(): string {
  return INNER.open('dmDm', INNER.declare(MESSAGE_NAMESPACE));
}

/** dmHash and dmQTimestamp. The stamp is no real RFC 3161 token, only octets that look like nothing else. */
export function writeSeal(writer: XmlWriter, message: Message): Pieces {
  const hash = createHash('sha256');
  for (const octets of gather(writeDm(message), HASHED_AT_ONCE)) hash.update(octets);
  const stamp = createHash('sha512').update(`časové razítko ${message.dmID}`).digest('base64');
  return [writer.leaf('dmHash', hash.digest('base64'), { algorithm: 'SHA-256' }), writer.leaf('dmQTimestamp', stamp)];
}

const HASHED_AT_ONCE = 65_536;
