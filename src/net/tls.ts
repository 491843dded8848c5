/** The certificate and key of this gateway, and what TLS it speaks with them. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext, type TLSSocketOptions } from 'node:tls';

/** A private key with its certificate. */
export interface KeyPair {
  /** Private key in PEM. */
  readonly key: string;
  /** Certificate chain in PEM, the server's own first. */
  readonly cert: string;
}

/** What a server shows of itself, renewed while it runs. */
export interface TlsMaterial extends KeyPair {
  /** What a client gets that names the server it means (RFC 6066 §3); absent where there is one certificate for all. */
  contextFor?(serverName: string): SecureContext;
  /** Calls back whenever the pair was replaced by a newer one; absent where it never is. */
  onRenewed?(listener: () => void): void;
}

type TlsOptions = KeyPair & Pick<TLSSocketOptions, 'minVersion' | 'SNICallback'>;

/** How every TLS server here speaks: TLS 1.2 or later, with the certificate for the name that was asked for. */
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

/** Throws when key and chain do not belong together: of keys of different kinds (RSA, EC) Node does not notice it by itself. */
export function secureContext({ key, cert }: KeyPair): SecureContext {
  if (!BEGIN_CERTIFICATE.test(cert))
    throw new Error(`there is no certificate in it${isSwapped(cert) ? ', but a key' : ''}`);
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
    throw new Error('the key does not belong to the certificate');
  }
  return createSecureContext(tlsOptions({ key, cert }));
}

const BEGIN_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;

function isSwapped(cert: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(cert);
}
