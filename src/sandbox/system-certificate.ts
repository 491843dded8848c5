/** System certificates: a TLS client certificate that is registered to one box speaks for it without a password (isds §2.1). */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Secret } from '../core/index.ts';
import type { Login } from './box.ts';
import { makeCertificate } from './certificate.ts';

/** A certificate by which a system logs in (isds §2.1). */
export interface SystemCertificate {
  /** In PEM, as is the key. */
  readonly certificate: string;
  readonly key: string;
}

/** Everything but administering the box and the abolished right 64 (isds §2.7). */
const CERTIFICATE_PERMISSIONS = 159;

/** Makes one for the box, valid from now. */
export function makeSystemCertificate(boxId: string, now: number): SystemCertificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { certificate } = makeCertificate('ec', keys, `Spisová služba ${boxId}`, now);
  return {
    certificate: new X509Certificate(certificate).toString(),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The virtual user behind a certificate; no password opens it. */
export function virtualUser(boxId: string): Login {
  return {
    name: `SS-${boxId}`,
    boxId,
    givenNames: '',
    lastName: 'Spisová služba',
    userType: 'ENTRUSTED_USER',
    byCertificate: true,
    password: new Secret(''),
    permissions: CERTIFICATE_PERMISSIONS,
    passwordExpiresAt: undefined,
    restricted: false,
  };
}

/** What the certificate is known by. */
export function fingerprintOf(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** Undefined for a caller that showed none, or does not speak TLS. */
export function shownFingerprint(socket: Socket): string | undefined {
  return socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : undefined;
}
