/** HTTP to ISDS: one POST, its deadline, and what an HTTP answer means before anybody looks into the XML (isds §1). */
import { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import type { Clock } from '../core/index.ts';
import { readAtMost } from './body.ts';
import { Connections } from './connections.ts';
import { readDenial } from './denial.ts';
import { IsdsError, type IsdsFailure } from './error.ts';
import { failureBeforeAnswer, failureWithinAnswer } from './network-failure.ts';
import { faultMessage } from './soap.ts';
import type { Credentials, PasswordCredentials } from './types.ts';

/** Hosts differ by login method and kind of service (isds §1.2). */
export type ServiceFamily = 'ws1' | 'ws1c' | 'ws2' | 'ws2c' | 'www';

export interface IsdsConfig {
  /** For example `datovka.gov.cz`. */
  readonly domain: string;
  /** Overrides of `https://<family>.<domain>`. */
  readonly baseUrls: Readonly<Partial<Record<ServiceFamily, string>>>;
  /** PEM certificates trusted in addition to the usual ones. */
  readonly ca: string | undefined;
  readonly userAgent: string;
  /** PEM certificates that the seals of signed originals and their time stamps must lead to; without any they go unchecked. */
  readonly sealAnchors?: string | undefined;
}

/** Ordinary services by path (isds §1.2). */
export type Service = 'dz' | 'dx' | 'df' | 'DsManage';

export interface OutgoingBody {
  readonly length: number;
  octets(): AsyncIterable<Buffer>;
}

export interface Post {
  readonly service: Service;
  readonly credentials: Credentials;
  readonly body: Buffer | OutgoingBody;
  readonly signal: AbortSignal;
}

/** A 200 whose content type may be XML; anything else was thrown. */
export interface Reply {
  readonly body: AsyncIterable<Buffer>;
}

/** Pages of refusals are some hundred octets; the rest of a long one says nothing more. */
const LONGEST_ERROR_PAGE = 64 * 1024;

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/** A missing type is left to the XML parser. */
const XML_TYPE = /^\s*(?:text|application)\/(?:[\w.-]+\+)?xml\s*(?:;|$)/i;

export class Transport {
  readonly #config: IsdsConfig;
  readonly #clock: Clock;
  readonly #connections: Connections;

  constructor(config: IsdsConfig, clock: Clock) {
    // Otherwise every call would fail as if ISDS could not be reached.
    if (!PRINTABLE_ASCII.test(config.userAgent)) throw new TypeError('The User-Agent must be printable ASCII');
    this.#config = config;
    this.#clock = clock;
    this.#connections = new Connections(config.ca);
  }

  /** Sends once and never again. Rejects with IsdsError unless the answer is a 200 that may be XML. */
  async post({ service, credentials, body, signal }: Post): Promise<Reply> {
    const response = await this.#send(service, credentials, body, signal);
    if (response.statusCode !== 200) throw new IsdsError(await this.#refusal(response));
    const problem = unreadable(response.headers);
    if (problem !== undefined) {
      response.body.destroy();
      throw new IsdsError({ kind: 'not-xml', problem });
    }
    return { body: translated(response.body, signal) };
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #send(service: Service, credentials: Credentials, body: Post['body'], signal: AbortSignal) {
    try {
      // A redirect is never followed: it would carry the password to another address.
      const response = await request(`${this.#entrance(credentials)}/DS/${service}`, {
        method: 'POST',
        dispatcher: this.#connections.for(credentials, Buffer.isBuffer(body) ? 'kept' : 'fresh'),
        headers: {
          ...authorization(credentials),
          'content-type': 'text/xml; charset=utf-8',
          soapaction: '""',
          accept: 'text/xml',
          'user-agent': this.#config.userAgent,
          'content-length': String(body.length),
        },
        body: Buffer.isBuffer(body) ? body : Readable.from(body.octets()),
        signal,
      });
      // Whoever reads the body gets its error; when nobody does, it must not end the process.
      response.body.on('error', () => undefined);
      return response;
    } catch (cause) {
      throw cause instanceof IsdsError ? cause : new IsdsError(failureBeforeAnswer(cause, signal), { cause });
    }
  }

  /** What stands before /DS/ (isds §1.2). */
  #entrance({ kind }: Credentials): string {
    return kind === 'certificate' ? `${this.#baseUrl('ws1c')}/cert` : this.#baseUrl('ws1');
  }

  #baseUrl(family: ServiceFamily): string {
    return (this.#config.baseUrls[family] ?? `https://${family}.${this.#config.domain}`).replace(/\/+$/, '');
  }

  /** What a status other than 200 means (isds §1.6). */
  async #refusal({ statusCode, body }: Dispatcher.ResponseData): Promise<IsdsFailure> {
    if (statusCode === 401) {
      const page = await readAtMost(body, LONGEST_ERROR_PAGE);
      return readDenial(page.toString('utf8'), this.#clock.now());
    }
    if (statusCode === 503) {
      body.destroy();
      return { kind: 'maintenance' };
    }
    const message = statusCode === 500 ? faultMessage(await readAtMost(body, LONGEST_ERROR_PAGE)) : undefined;
    body.destroy();
    return message === undefined ? { kind: 'http', status: statusCode } : { kind: 'fault', message };
  }
}

/** The answer's octets; whatever breaks on the way is an IsdsError. */
async function* translated(body: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (cause) {
    throw new IsdsError(failureWithinAnswer(cause, signal), { cause });
  }
}

/** A certificate has spoken when the connection was made (isds §2.1). */
function authorization(credentials: Credentials): { authorization?: string } {
  return credentials.kind === 'certificate' ? {} : { authorization: basic(credentials) };
}

/** All characters of names and passwords are ASCII (isds §2.2); others go as UTF-8 (RFC 7617 §2.1). */
function basic({ login, password }: PasswordCredentials): string {
  // A colon would end the name and shift the rest into the password (RFC 7617 §2).
  if (login.includes(':')) throw new IsdsError({ kind: 'wrong-credentials' });
  return `Basic ${Buffer.from(`${login}:${password.reveal()}`).toString('base64')}`;
}

function unreadable(headers: Dispatcher.ResponseData['headers']): string | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'compressed though nobody asked for it';
  const type = headers['content-type'];
  return type === undefined || XML_TYPE.test(String(type)) ? undefined : 'not sent as XML';
}
