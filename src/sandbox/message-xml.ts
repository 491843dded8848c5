/** A whole message as MessageDownload and the signed form carry it (isds §5.2, §5.3). */
import { createHash, type Hash } from 'node:crypto';
import { envelopeAttributes, writeEnvelope, writeTimes } from './envelope-xml.ts';
import { writeFiles } from './files-xml.ts';
import { inTurns } from './in-turns.ts';
import { downloadedState, type Message } from './message.ts';
import { gather, type Pieces, XmlWriter } from './xml-writer.ts';

export const MESSAGE_NAMESPACE = 'http://isds.czechpoint.cz/v20';

/** dmDm redeclares its own prefix, so that its octets are the same in every answer (isds §1.3). */
const INNER = new XmlWriter('p');

/** dmReturnedMessage. */
export function* writeMessage(outer: XmlWriter, message: Message): Generator<string | Buffer> {
  yield outer.open('dmReturnedMessage', message.vodz ? largeAttributes(message) : envelopeAttributes(message));
  yield* writeDm(message);
  yield* writeSeal(outer, message);
  yield writeTimes(outer, message);
  yield (
    outer.leaf('dmMessageStatus', downloadedState(message)) + outer.leaf('dmAttachmentSize', message.attachmentSize)
  );
  yield outer.close('dmReturnedMessage');
}

/** Attributes of a large message; every downloaded envelope has the number of files (isds §5.4). */
export function largeAttributes(message: Message) {
  return { ...envelopeAttributes(message), dmVODZ: message.vodz ? true : undefined, attsNum: message.files.length };
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

/** dmHash. */
export function writeHash(writer: XmlWriter, message: Message): string {
  return writer.leaf('dmHash', hashOf(message), { algorithm: 'SHA-256' });
}

/** dmHash and dmQTimestamp. The stamp is no real RFC 3161 token, only octets that look like nothing else. */
export function writeSeal(writer: XmlWriter, message: Message): Pieces {
  const stamp = createHash('sha512').update(`časové razítko ${message.dmID}`).digest('base64');
  return [writeHash(writer, message), writer.leaf('dmQTimestamp', stamp)];
}

const HASHED_AT_ONCE = 65_536;

/** Nothing of dmDm changes after the submission; a large message takes a second to be hashed. */
const hashes = new WeakMap<Message, string>();

function hashOf(message: Message): string {
  const known = hashes.get(message);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const octets of gather(writeDm(message), HASHED_AT_ONCE)) hash.update(octets);
  return keepHash(message, hash);
}

/** Before a large message is written, so that its hash does not hold everything else up. */
export async function hashInTurns(message: Message): Promise<void> {
  if (hashes.has(message)) return;
  const hash = createHash('sha256');
  for await (const octets of inTurns(gather(writeDm(message), HASHED_AT_ONCE))) hash.update(octets);
  keepHash(message, hash);
}

function keepHash(message: Message, hash: Hash): string {
  const value = hash.digest('base64');
  hashes.set(message, value);
  return value;
}
