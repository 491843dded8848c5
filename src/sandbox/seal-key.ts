/** The key and the self-signed certificate with which the sandbox seals its messages; made anew by every process. */
import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { derBits, derIdentifier, derInteger, derNull, derSequence, derSet, derText, derTime } from './der.ts';

/** The real seal has 4096 bits (isds §5.3), whose generation would hold a start up for seconds. */
const KEY_BITS = 2048;
const LIFETIME_MS = 365 * 86_400_000;

const RSA_WITH_SHA256 = derSequence(derIdentifier('1.2.840.113549.1.1.11'), derNull());

export interface SealKey {
  readonly privateKey: KeyObject;
  readonly certificate: Buffer;
  readonly issuer: Buffer;
  readonly serial: Buffer;
}

export async function makeSealKey(now: number): Promise<SealKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
  const issuer = derSequence(attribute('2.5.4.6', 'CZ'), attribute('2.5.4.3', 'Zkušební pečeť pískoviště'));
  const serial = derInteger(randomBytes(16));
  const validity = derSequence(derTime(now - LIFETIME_MS), derTime(now + LIFETIME_MS));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const certified = derSequence(serial, RSA_WITH_SHA256, issuer, validity, issuer, key);
  const signature = sign('sha256', certified, privateKey);
  return { privateKey, issuer, serial, certificate: derSequence(certified, RSA_WITH_SHA256, derBits(signature)) };
}

function attribute(type: string, value: string): Buffer {
  return derSet(derSequence(derIdentifier(type), derText(value)));
}
