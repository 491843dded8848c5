/** OpenSSL as a maker of certificates, signatures and time stamps that shares no code with us. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

const AUTHORITY = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n';
const SEAL =
  'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nsubjectKeyIdentifier=hash\n';
const TIME_STAMPS = 'basicConstraints=CA:FALSE\nextendedKeyUsage=critical,timeStamping\n';

const CONFIGURATION = `[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
`;

/** Kinds of keys with what has to be said about each. */
const KEYS = { rsa: 'rsa_keygen_bits:2048', 'rsa-pss': 'rsa_keygen_bits:2048', ec: 'ec_paramgen_curve:P-256' };

export type Kind = 'authority' | 'seal' | 'time-stamps';

const EXTENSIONS: Readonly<Record<Kind, string>> = { authority: AUTHORITY, seal: SEAL, 'time-stamps': TIME_STAMPS };

/** A folder with keys and certificates, each under its own name; remove it when done. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'seal-'));

  constructor() {
    this.#write('config', CONFIGURATION);
    this.#write('serial', '01\n');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** A key and its certificate, issued by another of the folder or by itself. */
  certify(name: string, kind: Kind, issuer: string, algorithm: keyof typeof KEYS = 'ec'): void {
    const subject = `/C=CZ/O=Příklad, s. p./CN=${name}`;
    this.#write(`${name}.extensions`, EXTENSIONS[kind]);
    const request = ['-config', 'config', '-utf8', '-subj', subject, '-out', `${name}.request`];
    this.#run('req', '-newkey', algorithm, '-pkeyopt', KEYS[algorithm], '-nodes', '-keyout', `${name}.key`, ...request);
    const by =
      issuer === name
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    const options = ['-extfile', `${name}.extensions`, '-days', '365', '-out', `${name}.pem`];
    this.#run('x509', '-req', '-in', `${name}.request`, ...by, ...options);
  }

  /** PEM. */
  certificate(name: string): string {
    return this.#read(`${name}.pem`).toString();
  }

  /** CMS in DER; with the option `-stream` in BER with indefinite lengths. */
  sign(content: Buffer, name: string, ...options: string[]): Buffer {
    this.#write('content', content);
    const by = ['-signer', `${name}.pem`, '-inkey', `${name}.key`, ...options];
    this.#run('cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-in', 'content', '-out', 'cms', ...by);
    return this.#read('cms');
  }

  /** A time stamp token over these octets. */
  stamp(octets: Buffer, name: string, ...options: string[]): Buffer {
    this.#write('imprinted', octets);
    this.#run('ts', '-query', '-data', 'imprinted', '-sha256', '-cert', '-out', 'query', ...options);
    const by = ['-signer', `${name}.pem`, '-inkey', `${name}.key`];
    this.#run('ts', '-reply', '-config', 'config', '-queryfile', 'query', '-token_out', '-out', 'token', ...by);
    return this.#read('token');
  }

  /** What a time stamp token says, without its signature. */
  stampInfo(octets: Buffer, name: string): Buffer {
    this.#write('stamped', this.stamp(octets, name));
    this.#run('cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', 'stamped', '-out', 'info');
    return this.#read('info');
  }

  /** Takes a certificate that was made elsewhere. */
  adopt(name: string, certificate: string): void {
    this.#write(`${name}.pem`, certificate);
  }

  /** Keeps a file for an option; its name. */
  keep(name: string, content: string): string {
    this.#write(name, content);
    return name;
  }

  /** True when OpenSSL finds signature and chain of a CMS structure sound. */
  finds(cms: Buffer, anchor: string): boolean {
    this.#write('checked', cms);
    const options = [
      '-inform',
      'DER',
      '-in',
      'checked',
      '-CAfile',
      `${anchor}.pem`,
      '-purpose',
      'any',
      '-binary',
      '-out',
      'found',
    ];
    return spawnSync('openssl', ['cms', '-verify', ...options], { cwd: this.#folder }).status === 0;
  }

  #run(...options: string[]): void {
    execFileSync('openssl', options, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  #write(name: string, content: string | Buffer): void {
    writeFileSync(join(this.#folder, name), content);
  }

  #read(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }
}
