/** The certificate and key of this gateway, and what TLS it speaks with them. */
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';

export interface TlsMaterial {
  /** Private key in PEM. */
  readonly key: string;
  /** Certificate chain in PEM, the server's own first. */
  readonly cert: string;
  /** Calls back whenever both were replaced by newer ones; absent where they never are. */
  onRenewed?(listener: () => void): void;
}

/** Reads key and chain, and fails right away when they do not belong together. */
export async function readTlsMaterial(files: { key: string; cert: string }): Promise<TlsMaterial> {
  const [key, cert] = await Promise.all([readFile(files.key, 'utf8'), readFile(files.cert, 'utf8')]);
  const material = { key, cert };
  secureContext(material);
  return material;
}

export function tlsOptions(material: TlsMaterial): SecureContextOptions {
  // TLS 1.0 and 1.1 must not be used (RFC 8996); every mail program of the last decade speaks 1.2.
  return { key: material.key, cert: material.cert, minVersion: 'TLSv1.2' };
}

export function secureContext(material: TlsMaterial): SecureContext {
  return createSecureContext(tlsOptions(material));
}
