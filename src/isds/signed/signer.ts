/** One signature of a CMS structure taken apart: what it says it covers, how it was made, whose it is (RFC 5652 §5.3). */
import { fromBER, ObjectIdentifier, OctetString, Primitive } from 'asn1js';
import { Certificate, IssuerAndSerialNumber, type SignedAndUnsignedAttributes, SignerInfo } from 'pkijs';
import { BrokenOriginal } from './broken-original.ts';
import { digestName } from './digest-algorithm.ts';
import { readScheme, type SignatureScheme } from './signature-scheme.ts';

/** One SignerInfo (RFC 5652 §5.3). */
export interface Signer {
  /** The digest algorithm by the name node:crypto gives it; undefined when it is none that we trust. */
  readonly digestName: string | undefined;
  /** What that algorithm made of the content. */
  readonly messageDigest: Buffer;
  readonly contentType: string;
  /** The octets that were signed. */
  readonly signedAttributes: Buffer;
  /** Undefined when it is none that we know and trust. */
  readonly scheme: SignatureScheme | undefined;
  readonly signature: Buffer;
  /** The first signature time stamp, a CMS structure of its own (RFC 3161 appendix A). */
  readonly timeStamp: Buffer | undefined;
  /** True for the certificate, in DER, that the signature names as its own. */
  readonly names: (certificate: Buffer) => boolean;
}

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const TIME_STAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';

/** Throws when it is unreadable or does not say which content it covers. */
export function readSigner(octets: Buffer): Signer {
  try {
    return read(new SignerInfo({ schema: parseBer(octets) }));
  } catch (cause) {
    throw new BrokenOriginal('unreadable signer', { cause });
  }
}

/** The only structure in these octets. */
export function parseBer(octets: Buffer) {
  const { offset, result } = fromBER(octets);
  if (offset !== octets.length) throw new BrokenOriginal('unreadable structure');
  return result;
}

function read(signer: SignerInfo): Signer {
  const { signedAttrs, unsignedAttrs } = signer;
  const digest = digestName(signer.digestAlgorithm.algorithmId);
  const messageDigest = onlyValue(signedAttrs, MESSAGE_DIGEST);
  const contentType = onlyValue(signedAttrs, CONTENT_TYPE);
  if (!(messageDigest instanceof OctetString) || !(contentType instanceof ObjectIdentifier))
    throw new BrokenOriginal('no digest of the content');
  return {
    digestName: digest,
    messageDigest: Buffer.from(messageDigest.getValue()),
    contentType: contentType.getValue(),
    signedAttributes: Buffer.from(signedAttrs?.encodedValue ?? new ArrayBuffer(0)),
    scheme: readScheme(signer.signatureAlgorithm, digest),
    signature: Buffer.from(signer.signature.getValue()),
    timeStamp: firstTimeStamp(unsignedAttrs),
    names: (certificate) => isNamed(signer, certificate),
  };
}

function valuesOf(attributes: SignedAndUnsignedAttributes | undefined, type: string): readonly (readonly unknown[])[] {
  return (attributes?.attributes ?? []).filter((attribute) => attribute.type === type).map(({ values }) => values);
}

/** These attributes stand once and have one value (RFC 5652 §11.1, §11.2). */
function onlyValue(attributes: SignedAndUnsignedAttributes | undefined, type: string): unknown {
  const [values = [], ...more] = valuesOf(attributes, type);
  return more.length === 0 && values.length === 1 ? values[0] : undefined;
}

function firstTimeStamp(attributes: SignedAndUnsignedAttributes | undefined): Buffer | undefined {
  const value = valuesOf(attributes, TIME_STAMP_TOKEN)[0]?.[0];
  if (typeof value !== 'object' || value === null || !('valueBeforeDecodeView' in value)) return undefined;
  return value.valueBeforeDecodeView instanceof Uint8Array ? Buffer.from(value.valueBeforeDecodeView) : undefined;
}

function isNamed({ sid }: SignerInfo, octets: Buffer): boolean {
  const certificate = readCertificate(octets);
  if (certificate === undefined) return false;
  if (sid instanceof IssuerAndSerialNumber)
    return sid.serialNumber.isEqual(certificate.serialNumber) && sid.issuer.isEqual(certificate.issuer);
  const identifier: unknown = certificate.extensions?.find(
    ({ extnID }) => extnID === SUBJECT_KEY_IDENTIFIER,
  )?.parsedValue;
  // Under its implicit tag the parser takes the octet string for something unknown.
  if (!(sid instanceof Primitive) || !(identifier instanceof OctetString)) return false;
  return Buffer.from(sid.valueBlock.valueHexView).equals(Buffer.from(identifier.getValue()));
}

/** Other kinds of certificates may lie beside; they belong to nobody here (RFC 5652 §10.2.2). */
function readCertificate(octets: Buffer): Certificate | undefined {
  try {
    return new Certificate({ schema: parseBer(octets) });
  } catch {
    return undefined;
  }
}
