/** The key and the self-signed certificate with which the sandbox seals its messages; made anew by every process. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { type MadeCertificate, makeCertificate } from './certificate.ts';

/** The real seal has 4096 bits (isds §5.3), whose generation would hold a start up for seconds. */
const KEY_BITS = 2048;

/** What messages are sealed with. */
export interface SealKey extends MadeCertificate {
  readonly privateKey: KeyObject;
}

export async function makeSealKey(now: number): Promise<SealKey> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
  return { privateKey: keys.privateKey, ...makeCertificate('rsa', keys, 'Zkušební pečeť pískoviště', now) };
}
