/** Signed originals made to measure, as input for the tests: any segments, any lengths, any time stamp, RSA-PSS as ISDS signs. */
import { constants, createHash, sign } from 'node:crypto';
import {
  der,
  derIdentifier,
  derInteger,
  derNull,
  derOctets,
  derSequence,
  derSet,
  derTagged,
  derTime,
} from '../../src/sandbox/der.ts';
import type { SealKey } from '../../src/sandbox/seal-key.ts';

export interface Making {
  /** Octets of one segment; undefined is one primitive octet string. */
  readonly segment?: number;
  /** Segments made of segments. */
  readonly nested?: boolean;
  readonly lengths?: 'definite' | 'indefinite';
  readonly certificates?: readonly Buffer[];
  /** Digest algorithm of content and attributes. */
  readonly digest?: 'sha256' | 'sha512';
  readonly timeStamp?: (signature: Buffer) => Buffer;
  /** What stands in the place of the signature's algorithm. */
  readonly algorithm?: Buffer;
  /** What the attributes say in place of the true content type. */
  readonly signedType?: string;
}

const DATA = '1.2.840.113549.1.7.1';
const ALGORITHMS = { sha256: '2.16.840.1.101.3.4.2.1', sha512: '2.16.840.1.101.3.4.2.3' };
const SALT = 32;

export function makeSigned(content: Buffer, key: SealKey, making: Making = {}): Buffer {
  const { lengths = 'indefinite', certificates = [key.certificate], digest = 'sha256' } = making;
  const wrap = (tag: number, ...parts: Buffer[]): Buffer =>
    lengths === 'definite' ? der(tag, parts) : Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.alloc(2)]);
  const algorithm = derSequence(derIdentifier(ALGORITHMS[digest]), derNull());
  return wrap(
    0x30,
    derIdentifier('1.2.840.113549.1.7.2'),
    wrap(
      0xa0,
      wrap(
        0x30,
        derInteger(1),
        derSet(algorithm),
        wrap(0x30, derIdentifier(DATA), wrap(0xa0, octetString(content, making, wrap))),
        wrap(0xa0, ...certificates),
        wrap(0x31, wrap(0x30, ...signerInfo(content, key, algorithm, making))),
      ),
    ),
  );
}

type Wrap = (tag: number, ...parts: Buffer[]) => Buffer;

function octetString(content: Buffer, { segment, nested }: Making, wrap: Wrap): Buffer {
  if (segment === undefined) return derOctets(content);
  const segments: Buffer[] = [];
  for (let start = 0; start < content.length; start += segment)
    segments.push(derOctets(content.subarray(start, start + segment)));
  const string = wrap(0x24, ...segments, derOctets(Buffer.alloc(0)));
  return nested ? wrap(0x24, string, wrap(0x24)) : string;
}

function signerInfo(content: Buffer, key: SealKey, algorithm: Buffer, making: Making): Buffer[] {
  const { digest = 'sha256', timeStamp, signedType = DATA } = making;
  const signatureAlgorithm = making.algorithm ?? pss(algorithm);
  const signed = derSet(
    attribute('1.2.840.113549.1.9.3', derIdentifier(signedType)),
    attribute('1.2.840.113549.1.9.4', derOctets(createHash(digest).update(content).digest())),
    attribute('1.2.840.113549.1.9.5', derTime(Date.parse('2026-11-20T08:15:00Z'))),
  );
  const options = { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT };
  const signature = sign(digest, signed, options);
  const implicit = Buffer.from(signed);
  implicit[0] = 0xa0;
  return [
    derInteger(1),
    derSequence(key.issuer, key.serial),
    algorithm,
    implicit,
    signatureAlgorithm,
    derOctets(signature),
    ...(timeStamp === undefined ? [] : [derTagged(1, attribute('1.2.840.113549.1.9.16.2.14', timeStamp(signature)))]),
  ];
}

function attribute(type: string, value: Buffer): Buffer {
  return derSequence(derIdentifier(type), derSet(value));
}

function pss(algorithm: Buffer): Buffer {
  const mask = derSequence(derIdentifier('1.2.840.113549.1.1.8'), algorithm);
  const parameters = derSequence(derTagged(0, algorithm), derTagged(1, mask), derTagged(2, derInteger(SALT)));
  return derSequence(derIdentifier('1.2.840.113549.1.1.10'), parameters);
}
