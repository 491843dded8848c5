/** The certificate and key of this gateway, and what TLS it speaks with them. */
import { createSecureContext, type SecureContext, type TLSSocketOptions } from 'node:tls';

export interface KeyPair {
  /** Private key in PEM. */
  readonly key: string;
  /** Certificate chain in PEM, the server's own first. */
  readonly cert: string;
}

export interface TlsMaterial extends KeyPair {
  /** What a client gets that names the server it means (RFC 6066 §3); absent where there is one certificate for all. */
  contextFor?(serverName: string): SecureContext;
  /** Calls back whenever the pair was replaced by a newer one; absent where it never is. */
  onRenewed?(listener: () => void): void;
}

type TlsOptions = KeyPair & Pick<TLSSocketOptions, 'minVersion' | 'SNICallback'>;

export function tlsOptions(material: TlsMaterial): TlsOptions {
  const { key, cert } = material;
  return {
    key,
    cert,
    // TLS 1.0 and 1.1 must not be used (RFC 8996); every mail program of the last decade speaks 1.2.
    minVersion: 'TLSv1.2',
    ...(material.contextFor && {
      SNICallback: (serverName, answer) => answer(null, material.contextFor?.(serverName)),
    }),
  };
}

/** Throws when key and chain do not belong together. */
export function secureContext({ key, cert }: KeyPair): SecureContext {
  return createSecureContext(tlsOptions({ key, cert }));
}
