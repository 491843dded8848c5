/** HTTP to ISDS: one POST, its deadline, and what an HTTP answer means before anybody looks into the XML (isds §1). */
import { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import type { Clock } from '../../core/index.ts';
import { readAtMost } from './body.ts';
import { type Authenticator, authenticatorFor } from './authenticator.ts';
import { Connections } from './connections.ts';
import { failureBeforeAnswer, failureWithinAnswer } from './network-failure.ts';
import { IsdsError, type IsdsFailure } from '../error.ts';
import { type MultipartType, multipartType } from './multipart-type.ts';
import { ServerClock } from '../server-clock.ts';
import { faultMessage, type SoapVersion } from '../soap/soap.ts';
import type { Credentials } from '../types.ts';

/** Hosts differ by login method and kind of service (isds §1.2). */
export type ServiceFamily = 'ws1' | 'ws1c' | 'ws2' | 'ws2c' | 'www';

/** Which ISDS is spoken to, and whom to trust. */
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

/** Services by path (isds §1.2); `vodz` is for large messages and has a host of its own. */
export type Service = 'dz' | 'dx' | 'df' | 'DsManage' | 'vodz';

/** isds §1.3. */
export function soapVersion(service: Service): SoapVersion {
  return service === 'vodz' ? '1.2' : '1.1';
}

/** A request of known length that is written while it is sent; may be written more than once. */
export interface OutgoingBody {
  readonly length: number;
  /** Content type; undefined is plain SOAP. */
  readonly type?: string;
  octets(): AsyncIterable<Buffer>;
}

/** One request. */
export interface Post {
  readonly service: Service;
  readonly credentials: Credentials;
  readonly body: Buffer | OutgoingBody;
  readonly signal: AbortSignal;
}

/** A 200 whose content type may be XML, or XML with parts attached to it; anything else was thrown. */
export interface Reply {
  readonly body: AsyncIterable<Buffer>;
  /** Set when the body is multipart; only `vodz` answers so. */
  readonly multipart: MultipartType | undefined;
}

interface SoapHeaders {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
}

const SOAP_HEADERS: Readonly<Record<SoapVersion, SoapHeaders>> = {
  '1.1': { type: 'text/xml; charset=utf-8', headers: { soapaction: '""', accept: 'text/xml' } },
  '1.2': {
    type: 'application/soap+xml; charset=UTF-8',
    // Only who accepts multipart gets attachments as they are, not in base64 (isds §1.4).
    headers: { 'mime-version': '1.0', accept: 'application/soap+xml, multipart/related' },
  },
};

/** VoDZ: the antivirus check of an upload takes up to 240 s, and 300 s at least are advised for all of them (isds §1.8). */
const LARGE_ANSWER_TIMEOUT_MS = 330_000;

/** Pages of refusals are some hundred octets; the rest of a long one says nothing more. */
const MAX_ERROR_PAGE_OCTETS = 64 * 1024;

/** What ISDS's own fault says while nothing is carried out, in one of its two texts (isds §11.6). */
const MAINTENANCE = /údržb/iu;

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/** A missing type is left to the XML parser. */
const XML_TYPE = /^\s*(?:text|application)\/(?:[\w.-]+\+)?xml\s*(?:;|$)/i;

/** Carries requests to ISDS. Rejects with IsdsError for all that is no answer with HTTP 200. */
export class Transport {
  readonly #config: IsdsConfig;
  readonly #clock: Clock;
  readonly #connections: Connections;
  readonly serverClock: ServerClock;

  constructor(config: IsdsConfig, clock: Clock) {
    // Otherwise every call would fail as if ISDS could not be reached.
    if (!PRINTABLE_ASCII.test(config.userAgent)) throw new TypeError('The User-Agent must be printable ASCII');
    this.#config = config;
    this.#clock = clock;
    this.#connections = new Connections(config.ca);
    this.serverClock = new ServerClock(clock);
  }

  /** Sends once and never again. Rejects with IsdsError unless the answer is a 200 that may be XML. */
  async post({ service, credentials, body, signal }: Post): Promise<Reply> {
    const authenticator = authenticatorFor(credentials);
    const response = await this.#send(service, authenticator, body, signal);
    // Any other status may be the page of a server in between, which dates it by a clock of its own.
    if (response.statusCode === 200 || response.statusCode === 401) this.serverClock.note(response.headers.date);
    if (response.statusCode !== 200) throw new IsdsError(await this.#refusal(response, authenticator));
    const multipart = service === 'vodz' ? multipartType(String(response.headers['content-type'])) : undefined;
    const problem = unreadable(response.headers, multipart);
    if (problem !== undefined) {
      response.body.destroy();
      throw new IsdsError({ kind: 'not-xml', problem });
    }
    return { body: translated(response.body, signal), multipart };
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #send(service: Service, authenticator: Authenticator, body: Post['body'], signal: AbortSignal) {
    const { type, headers } = SOAP_HEADERS[soapVersion(service)];
    try {
      // A redirect is never followed: it would carry the password to another address.
      const response = await request(`${this.#entrance(authenticator, service)}/DS/${service}`, {
        method: 'POST',
        dispatcher: this.#connections.for(authenticator, Buffer.isBuffer(body) ? 'kept' : 'fresh'),
        headers: {
          ...authenticator.headers(),
          ...headers,
          'content-type': ('type' in body ? body.type : undefined) ?? type,
          'user-agent': this.#config.userAgent,
          'content-length': String(body.length),
        },
        body: Buffer.isBuffer(body) ? body : Readable.from(body.octets()),
        ...(service === 'vodz' ? { headersTimeout: LARGE_ANSWER_TIMEOUT_MS } : {}),
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
  #entrance({ families, path }: Authenticator, service: Service): string {
    return `${this.#baseUrl(service === 'vodz' ? families.large : families.ordinary)}${path}`;
  }

  #baseUrl(family: ServiceFamily): string {
    return (this.#config.baseUrls[family] ?? `https://${family}.${this.#config.domain}`).replace(/\/+$/, '');
  }

  /** What a status other than 200 means (isds §1.6). */
  async #refusal({ statusCode, body }: Dispatcher.ResponseData, { denial }: Authenticator): Promise<IsdsFailure> {
    if (statusCode === 401) {
      const page = await readAtMost(body, MAX_ERROR_PAGE_OCTETS);
      // A time of day by ISDS's own clock, which has just been told.
      return denial(page.toString('utf8'), this.serverClock.now() ?? this.#clock.now());
    }
    if (statusCode === 503) {
      const page = await readAtMost(body, MAX_ERROR_PAGE_OCTETS);
      body.destroy();
      return { kind: 'maintenance', ...(MAINTENANCE.test(faultMessage(page) ?? '') && { announced: true }) };
    }
    const message = statusCode === 500 ? faultMessage(await readAtMost(body, MAX_ERROR_PAGE_OCTETS)) : undefined;
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

function unreadable(
  headers: Dispatcher.ResponseData['headers'],
  multipart: MultipartType | undefined,
): string | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'compressed though nobody asked for it';
  const type = headers['content-type'];
  return type === undefined || multipart !== undefined || XML_TYPE.test(String(type)) ? undefined : 'not sent as XML';
}
