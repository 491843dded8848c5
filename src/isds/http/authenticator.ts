/** How each way of logging in reaches ISDS: by which entrance, with which headers and connections, and what a denial means (isds §1.2, §2). */
import { IsdsError, type IsdsFailure } from '../error.ts';
import type { CertificateCredentials, Credentials, PasswordCredentials } from '../types.ts';
import { readDenial } from './network-failure.ts';
import type { ServiceFamily } from './transport.ts';

/** What the transport asks of a login. */
export interface Authenticator {
  /** The host's family for ordinary services and for large messages, and what stands before /DS/. */
  readonly families: { readonly ordinary: ServiceFamily; readonly large: ServiceFamily };
  readonly path: string;
  /** Throws IsdsError for credentials that cannot be sent. */
  headers(): Readonly<Record<string, string>>;
  /** With what connections are opened; those without one share theirs. */
  readonly clientCertificate: Pick<CertificateCredentials, 'certificate' | 'key'> | undefined;
  /** What a 401 with this page means; `now` is ISDS's clock in milliseconds. */
  readonly denial: (page: string, now: number) => IsdsFailure;
}

/** The authenticator of the credentials' kind; a further kind is a line here and a function below. */
export function authenticatorFor(credentials: Credentials): Authenticator {
  switch (credentials.kind) {
    case 'password':
      return byPassword(credentials);
    case 'certificate':
      return byCertificate(credentials);
  }
}

function byPassword(credentials: PasswordCredentials): Authenticator {
  return {
    families: { ordinary: 'ws1', large: 'ws2' },
    path: '',
    headers: () => ({ authorization: basic(credentials) }),
    clientCertificate: undefined,
    denial: readDenial,
  };
}

/** It has spoken when the connection was made (isds §2.1). */
function byCertificate(credentials: CertificateCredentials): Authenticator {
  return {
    families: { ordinary: 'ws1c', large: 'ws2c' },
    path: '/cert',
    headers: () => ({}),
    clientCertificate: credentials,
    denial: readDenial,
  };
}

/** All characters of names and passwords are ASCII (isds §2.2); others go as UTF-8 (RFC 7617 §2.1). */
function basic({ login, password }: PasswordCredentials): string {
  // A colon would end the name and shift the rest into the password (RFC 7617 §2).
  if (login.includes(':')) throw new IsdsError({ kind: 'wrong-credentials' });
  return `Basic ${Buffer.from(`${login}:${password.reveal()}`).toString('base64')}`;
}
