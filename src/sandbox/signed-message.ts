/** The signed form of a message (ZFO): CMS SignedData in BER with indefinite lengths, content in segments (isds §5.3, RFC 5652). */
import { constants, createHash, sign as signOctets } from 'node:crypto';
import { der, derIdentifier, derInteger, derNull, derOctets, derSequence, derSet, derTagged, derTime } from './der.ts';
import { inTurns } from './in-turns.ts';
import type { Message } from './message.ts';
import { MESSAGE_NAMESPACE, writeMessage } from './message-xml.ts';
import { writeDelivery } from './delivery-xml.ts';
import type { SealKey } from './seal-key.ts';
import { gather, type Pieces, XmlWriter } from './xml-writer.ts';

/** Content of one OCTET STRING, as the real files have it. */
const SEGMENT = 1_000;
const PIECE = 65_536;
const SALT = 32;

const DATA = derIdentifier('1.2.840.113549.1.7.1');
const SIGNED_DATA = derIdentifier('1.2.840.113549.1.7.2');
const SHA256 = derSequence(derIdentifier('2.16.840.1.101.3.4.2.1'), derNull());
/** RSASSA-PSS with SHA-256 throughout (RFC 4055 §3.1). */
const RSA_PSS = derSequence(
  derIdentifier('1.2.840.113549.1.1.10'),
  derSequence(
    derTagged(0, SHA256),
    derTagged(1, derSequence(derIdentifier('1.2.840.113549.1.1.8'), SHA256)),
    derTagged(2, derInteger(SALT)),
  ),
);

/** Tags opened with an indefinite length, and the octets that end one (X.690 §8.1.3.6). */
const OPEN_SEQUENCE = Buffer.from([0x30, 0x80]);
const OPEN_TAGGED = Buffer.from([0xa0, 0x80]);
const OPEN_OCTETS = Buffer.from([0x24, 0x80]);
const END = Buffer.from([0, 0]);

/** Received and sent messages are told apart by their namespace (isds §5.3). */
export type SignedKind = 'message' | 'SentMessage';

/** With what a message is sealed, and where its digest is noted. */
export interface Sealing {
  readonly key: SealKey;
  readonly now: number;
  /** Gets the digest of what was sealed, when it was written to its end. */
  readonly sealed: Set<string>;
}

/** A message in its signed form, in pieces (isds §5.3). */
export function signMessage(message: Message, kind: SignedKind, sealing: Sealing): Promise<Generator<Buffer>> {
  return sign(() => around('MessageDownloadResponse', kind, (writer) => writeMessage(writer, message)), sealing);
}

/** What became of a message, in its signed form (isds §7.3). */
export function signDelivery(message: Message, sealing: Sealing): Promise<Generator<Buffer>> {
  return sign(() => around('GetDeliveryInfoResponse', 'delivery', (writer) => writeDelivery(writer, message)), sealing);
}

/** The content is written twice: once for the digest, which takes turns with other work, and once as it is read. */
async function sign(write: () => Pieces, { key, now, sealed }: Sealing): Promise<Generator<Buffer>> {
  const digest = createHash('sha256');
  for await (const octets of inTurns(gather(write(), PIECE))) digest.update(octets);
  return noted(writeSignedData(gather(write(), PIECE), key, signerInfo(digest.digest(), key, now)), sealed);
}

function* noted(octets: Iterable<Buffer>, sealed: Set<string>): Generator<Buffer> {
  const whole = createHash('sha256');
  for (const piece of octets) {
    whole.update(piece);
    yield piece;
  }
  sealed.add(whole.digest('hex'));
}

/** XML without declaration; everything outside of dmDm is in a namespace of its own (isds §5.3). */
function* around(root: string, kind: string, write: (writer: XmlWriter) => Pieces): Pieces {
  const writer = new XmlWriter('q');
  const instance = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };
  yield writer.open(root, { ...writer.declare(`${MESSAGE_NAMESPACE}/${kind}`), ...instance });
  yield* write(writer);
  yield writer.close(root);
}

function* writeSignedData(payload: Iterable<Buffer>, key: SealKey, signer: Buffer): Generator<Buffer> {
  yield Buffer.concat([OPEN_SEQUENCE, SIGNED_DATA, OPEN_TAGGED, OPEN_SEQUENCE, derInteger(1), derSet(SHA256)]);
  yield Buffer.concat([OPEN_SEQUENCE, DATA, OPEN_TAGGED, OPEN_OCTETS]);
  yield* writeSegments(payload);
  yield Buffer.concat([END, END, END]);
  yield Buffer.concat([derTagged(0, key.certificate), derSet(signer), END, END, END]);
}

function* writeSegments(pieces: Iterable<Buffer>): Generator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of pieces) {
    const octets = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = octets.length - (octets.length % SEGMENT);
    const segments: Buffer[] = [];
    for (let start = 0; start < whole; start += SEGMENT)
      segments.push(derOctets(octets.subarray(start, start + SEGMENT)));
    yield Buffer.concat(segments);
    rest = octets.subarray(whole);
  }
  if (rest.length > 0) yield derOctets(rest);
}

function signerInfo(digest: Buffer, key: SealKey, now: number): Buffer {
  const attributes = [
    signedAttribute('1.2.840.113549.1.9.3', DATA),
    signedAttribute('1.2.840.113549.1.9.4', derOctets(digest)),
    signedAttribute('1.2.840.113549.1.9.5', derTime(now)),
  ];
  // What is signed is a SET OF; in the structure the same stands under an implicit tag (RFC 5652 §5.4).
  const signed = derSet(...attributes);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const signature = signOctets('sha256', signed, { key: key.privateKey, padding, saltLength: SALT });
  const implicit = Buffer.from(signed);
  implicit[0] = 0xa0;
  const issuerAndSerial = derSequence(key.issuer, key.serial);
  return der(0x30, [derInteger(1), issuerAndSerial, SHA256, implicit, RSA_PSS, derOctets(signature)]);
}

function signedAttribute(type: string, value: Buffer): Buffer {
  return derSequence(derIdentifier(type), derSet(value));
}
