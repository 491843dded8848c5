/** A certificate of our own for a gateway on the user's computer, where no certificate was configured. */
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { Clock } from '../core/index.ts';
import type { TlsMaterial } from '../net/index.ts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];
const DAY_MS = 86_400_000;
/** Begins yesterday, for clocks that go slow or are set to local time. */
const VALID_SINCE_DAYS = 1;
/** Apple's programs take no server certificate that is valid for more than 825 days. */
const VALID_FOR_DAYS = 824;
/** Not negative and not zero in DER whatever the random octets are (RFC 5280 §4.1.2.2). */
const SERIAL_OCTETS = 16;

const COMMON_NAME = '2.5.4.3';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SUBJECT_ALT_NAME = '2.5.29.17';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
/** Choices of GeneralName (RFC 5280 §4.2.1.6). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** Key and certificate for the loopback names and the given ones; ECDSA P-256, which every mail program with TLS 1.2 knows. */
export async function selfSigned(clock: Clock, names: readonly string[] = []): Promise<TlsMaterial> {
  // These libraries take some 80 ms to load, and most gateways have a real certificate.
  const [asn1, pki] = await Promise.all([import('asn1js'), import('pkijs')]);
  const allNames = [...new Set([...LOOPBACK_NAMES, ...names])];
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);

  const certificate = new pki.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ valueHex: octets(serialNumber()) });
  const commonName = () =>
    new pki.AttributeTypeAndValue({ type: COMMON_NAME, value: new asn1.Utf8String({ value: 'Poštolka' }) });
  certificate.issuer.typesAndValues.push(commonName());
  certificate.subject.typesAndValues.push(commonName());
  certificate.notBefore.value = new Date(clock.now() - VALID_SINCE_DAYS * DAY_MS);
  certificate.notAfter.value = new Date(clock.now() + VALID_FOR_DAYS * DAY_MS);

  const extension = (extnID: string, critical: boolean, value: ArrayBuffer) =>
    new pki.Extension({ extnID, critical, extnValue: value });
  const general = (name: string) =>
    isIP(name) === 0
      ? new pki.GeneralName({ type: DNS_NAME, value: name })
      : new pki.GeneralName({
          type: IP_ADDRESS,
          value: new asn1.OctetString({ valueHex: octets(addressOctets(name)) }),
        });
  certificate.extensions = [
    extension(BASIC_CONSTRAINTS, true, new pki.BasicConstraints({ cA: false }).toSchema().toBER()),
    // digitalSignature, the first bit, is all that ECDHE with ECDSA needs.
    extension(KEY_USAGE, true, new asn1.BitString({ valueHex: octets([0x80]), unusedBits: 7 }).toBER()),
    extension(EXTENDED_KEY_USAGE, false, new pki.ExtKeyUsage({ keyPurposes: [SERVER_AUTH] }).toSchema().toBER()),
    extension(SUBJECT_ALT_NAME, false, new pki.AltName({ altNames: allNames.map(general) }).toSchema().toBER()),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, 'SHA-256');

  return {
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(Buffer.from(certificate.toSchema(true).toBER())),
  };
}

function serialNumber(): Uint8Array {
  const serial = randomBytes(SERIAL_OCTETS);
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return serial;
}

/** An IP address in network order; of IPv6 with its `::` and hexadecimal groups. */
function addressOctets(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number);
  const [head = '', tail] = address.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function octets(values: Uint8Array | readonly number[]): ArrayBuffer {
  return Uint8Array.from(values).buffer;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
