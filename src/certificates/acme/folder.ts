/** The account key and the certificate of one authority, as files that only the gateway's user may read. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPair } from '../../net/index.ts';

const ACCOUNT_FILE = 'account-key.pem';
/** Key and chain in one, so that they can only change together. */
const CERTIFICATE_FILE = 'certificate.pem';

const PEM_KEY = /-----BEGIN (?:EC )?PRIVATE KEY-----[^-]+-----END (?:EC )?PRIVATE KEY-----\n?/;

export class AcmeFolder {
  readonly #path: string;

  /** Each authority has its own: what one has issued to try things out must not be shown in the name of another. */
  constructor(dataDirectory: string, directoryUrl: string) {
    const { host, pathname } = new URL(directoryUrl);
    this.#path = join(dataDirectory, 'acme', `${host}${pathname}`.replace(/[^a-z0-9.-]+/gi, '-'));
  }

  accountKey(): Promise<string | undefined> {
    return this.#read(ACCOUNT_FILE);
  }

  keepAccountKey(key: string): Promise<void> {
    return this.#write(ACCOUNT_FILE, key);
  }

  async certificate(): Promise<KeyPair | undefined> {
    const text = await this.#read(CERTIFICATE_FILE);
    const key = text === undefined ? undefined : PEM_KEY.exec(text)?.[0];
    return text === undefined || key === undefined ? undefined : { key, cert: text.replace(key, '') };
  }

  keepCertificate({ key, cert }: KeyPair): Promise<void> {
    return this.#write(CERTIFICATE_FILE, `${key.trimEnd()}\n${cert}`);
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.#path, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Whole or not at all, also when the power fails in the middle. */
  async #write(name: string, content: string): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    const beginning = join(this.#path, `.${randomUUID()}`);
    const file = await open(beginning, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beginning, join(this.#path, name));
  }
}
