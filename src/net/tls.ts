/** The certificate and key of this gateway, and what TLS it speaks with them. */
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';

export interface TlsMaterial {
  /** Private key in PEM. */
  readonly key: string;
  /** Certificate chain in PEM, the server's own first. */
  readonly cert: string;
  /** Calls back whenever both were replaced by newer ones; absent where they never are. */
  onRenewed?(listener: () => void): void;
}

export function tlsOptions(material: TlsMaterial): SecureContextOptions {
  // TLS 1.0 and 1.1 must not be used (RFC 8996); every mail program of the last decade speaks 1.2.
  return { key: material.key, cert: material.cert, minVersion: 'TLSv1.2' };
}

/** Throws when key and chain do not belong together. */
export function secureContext(material: TlsMaterial): SecureContext {
  return createSecureContext(tlsOptions(material));
}
