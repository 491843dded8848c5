/** A signature around an Apple profile, made with the key of the TLS certificate (CMS, RFC 5652): the device then names the domain as its origin. */
import { createHash, createPrivateKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { type Clock, ExpiringCache } from '../core/index.ts';
import type { KeyPair } from '../net/index.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const HASH = 'SHA-256';

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** As long as browsers keep what is the same for everybody; a renewed certificate signs anew at once. */
const KEPT_MS = 60 * 60_000;

/** Profiles of so many addresses, some kilobytes each: whoever asks for others than people do must not fill the memory. */
const MAX_KEPT_SIGNATURES = 500;

/** Signatures that were made lately: each costs the processor more than all the rest of an answer, and anybody may ask. */
export class Signatures {
  readonly #clock: Clock;
  readonly #kept: ExpiringCache<Promise<Buffer>>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#kept = new ExpiringCache(clock, KEPT_MS, MAX_KEPT_SIGNATURES);
  }

  /** As `signed`, made once for those who ask for the same with the same certificate. */
  around(content: string, pair: KeyPair): Promise<Buffer> {
    const key = createHash('sha256').update(pair.cert).update('\0').update(content).digest('base64');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = signed(content, pair, this.#clock.now());
    this.#kept.set(key, made);
    // A failure is tried anew.
    made.catch(() => this.#kept.delete(key));
    return made;
  }
}

/** The profile inside its signature, in DER, with the whole chain. Rejects for kinds of keys that Apple does not know. */
export async function signed(content: string, { key, cert }: KeyPair, now: number): Promise<Buffer> {
  // These libraries take some 80 ms to load, and profiles are asked for seldom.
  const [asn1, pki] = await Promise.all([import('asn1js'), import('pkijs')]);
  const chain = (cert.match(PEM_CERTIFICATE) ?? []).map((pem) => pki.Certificate.fromBER(new X509Certificate(pem).raw));
  const [own] = chain;
  if (own === undefined) throw new Error('there is no certificate to sign with');
  const octets = Uint8Array.from(Buffer.from(content, 'utf8'));
  const digest = await webcrypto.subtle.digest(HASH, octets);
  const attribute = (type: string, value: object) => new pki.Attribute({ type, values: [value] });
  const message = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({
      eContentType: DATA,
      eContent: new asn1.OctetString({ valueHex: octets.buffer }),
    }),
    signerInfos: [
      new pki.SignerInfo({
        version: 1,
        sid: new pki.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
        signedAttrs: new pki.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute(CONTENT_TYPE, new asn1.ObjectIdentifier({ value: DATA })),
            attribute(SIGNING_TIME, new asn1.UTCTime({ valueDate: new Date(now) })),
            attribute(MESSAGE_DIGEST, new asn1.OctetString({ valueHex: digest })),
          ],
        }),
      }),
    ],
    certificates: chain,
  });
  await message.sign(signingKey(createPrivateKey(key)), 0, HASH);
  const envelope = new pki.ContentInfo({ contentType: SIGNED_DATA, content: message.toSchema(true) });
  return Buffer.from(envelope.toSchema().toBER());
}

function signingKey(key: KeyObject): webcrypto.CryptoKey {
  if (key.asymmetricKeyType === 'rsa') {
    return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: HASH }, false, ['sign']);
  }
  const namedCurve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (namedCurve === undefined) throw new Error(`keys of the kind ${key.asymmetricKeyType} do not sign profiles`);
  return key.toCryptoKey({ name: 'ECDSA', namedCurve }, false, ['sign']);
}
