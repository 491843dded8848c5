/** A signature around an Apple profile, made with the key of the TLS certificate (CMS, RFC 5652): the device then names the domain as its origin. */
import { createPrivateKey, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import type { KeyPair } from '../net/index.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';
const HASH = 'SHA-256';

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

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
