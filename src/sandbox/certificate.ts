/** Self-signed certificates in DER, as much of X.509 as the sandbox's keys need (RFC 5280 §4.1). */
import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { derBits, derIdentifier, derInteger, derNull, derSequence, derSet, derText, derTime } from './der.ts';

const LIFETIME_MS = 365 * 86_400_000;

const SIGNATURE_ALGORITHMS = {
  rsa: derSequence(derIdentifier('1.2.840.113549.1.1.11'), derNull()),
  // ECDSA has no parameters (RFC 5758 §3.2).
  ec: derSequence(derIdentifier('1.2.840.10045.4.3.2')),
} as const;

/** A key as node:crypto has it. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A certificate in DER, with what a signer is named by. */
export interface MadeCertificate {
  readonly certificate: Buffer;
  readonly issuer: Buffer;
  readonly serial: Buffer;
}

/** Valid from a year before until a year after `now`. */
export function makeCertificate(
  kind: keyof typeof SIGNATURE_ALGORITHMS,
  { privateKey, publicKey }: KeyPair,
  commonName: string,
  now: number,
): MadeCertificate {
  const algorithm = SIGNATURE_ALGORITHMS[kind];
  const issuer = derSequence(attribute('2.5.4.6', 'CZ'), attribute('2.5.4.3', commonName));
  const serial = derInteger(randomBytes(16));
  const validity = derSequence(derTime(now - LIFETIME_MS), derTime(now + LIFETIME_MS));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const certified = derSequence(serial, algorithm, issuer, validity, issuer, key);
  const signature = sign('sha256', certified, privateKey);
  return { issuer, serial, certificate: derSequence(certified, algorithm, derBits(signature)) };
}

function attribute(type: string, value: string): Buffer {
  return derSet(derSequence(derIdentifier(type), derText(value)));
}
