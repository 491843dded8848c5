/** Do programs get their settings at the usual addresses, and does nothing there ask for a password? */
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecured } from 'node:https';
import {
  type Announcement,
  unknownChallenge,
  autoconfigDocument,
  autoconfigHost,
  autodiscoverHost,
  paccHost,
  PACC_PATH,
  paccDocument,
} from '../setup/index.ts';
import { advice, fault, type Finding, ok } from './finding.ts';
import type { ExaminationOptions } from './ports.ts';
import { named, TIMEOUT_MS } from './probe.ts';

/** None of our documents comes near. */
const MAX_BODY_OCTETS = 64 * 1_024;
const UNAUTHORIZED = 401;

interface Page {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
  /** The very document that is expected, or only that there is one. */
  readonly body?: string;
}

export async function checkWeb(announcement: Announcement, options: ExaminationOptions): Promise<Finding[]> {
  const { domain } = announcement;
  const scheme = 'https' as const;
  const autoconfig = autoconfigDocument(announcement);
  const pacc = paccDocument(announcement);
  const pages: Page[] = [
    { scheme, host: autoconfigHost(announcement), path: '/mail/config-v1.1.xml', body: autoconfig },
    { scheme, host: domain, path: '/.well-known/autoconfig/mail/config-v1.1.xml', body: autoconfig },
    { scheme, host: autodiscoverHost(announcement), path: '/autodiscover/autodiscover.xml' },
    ...(pacc === undefined ? [] : [{ scheme, host: paccHost(announcement), path: PACC_PATH, body: pacc }]),
  ];
  if (options.httpPort !== undefined) {
    pages.push({ scheme: 'http', host: autoconfigHost(announcement), path: '/mail/config-v1.1.xml', body: autoconfig });
  }
  const names = [...new Set([domain, announcement.pop3.host])];
  return Promise.all([
    ...pages.map((page) => checkPage(page, options)),
    ...names.map((host) => checkNoPassword(host, options)),
    ...options.issuedNames.map((host) => checkChallenges(host, options)),
  ]);
}

async function checkPage(page: Page, options: ExaminationOptions): Promise<Finding> {
  const { scheme, host, path, body } = page;
  const what = `${scheme}://${host}${path}`;
  try {
    const reply = await fetchPage('GET', page, options);
    if (reply.status !== 200) return advice(what, `is answered with ${reply.status}; lead it to the set-up service`);
    if (body !== undefined && reply.body !== body) {
      return advice(what, 'is not what these settings announce; restart the gateway, or lead it to the set-up service');
    }
    return ok(what);
  } catch (error) {
    return advice(what, `${error instanceof Error ? error.message : String(error)}; lead it to the set-up service`);
  }
}

/** Thunderbird looks for address books there and, asked with 401, sends the password of the data box. */
async function checkNoPassword(host: string, options: ExaminationOptions): Promise<Finding> {
  const what = `https://${host}/ asks for no password`;
  try {
    const page: Page = { scheme: 'https', host, path: '/.well-known/carddav' };
    const { status } = await fetchPage('PROPFIND', page, options);
    if (status !== UNAUTHORIZED) return ok(what);
    return fault(
      what,
      'it does (401), and mail programs would send it that of the data box; answer 404 or 405 instead',
    );
  } catch {
    // Where nobody answers, nobody hears a password.
    return ok(`https://${host}/ does not answer, and so asks for no password`);
  }
}

/** There an authority will look; the set-up service has words of its own for a token that nobody asked for. */
async function checkChallenges(host: string, options: ExaminationOptions): Promise<Finding> {
  const page: Page = { scheme: 'http', host, path: '/.well-known/acme-challenge/postolka-check' };
  const what = `${page.scheme}://${host}${page.path}`;
  try {
    const { body } = await fetchPage('GET', page, options);
    if (body === unknownChallenge.body) return ok(what);
    return fault(
      what,
      'another service answers; lead port 80 of this name to setup.httpPort, or no certificate is issued',
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fault(what, `${message}; lead port 80 of this name to setup.httpPort, or no certificate is issued`);
  }
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

async function fetchPage(
  method: string,
  { scheme, host, path }: Page,
  { directory, ca, httpsPort, httpPort }: ExaminationOptions,
): Promise<Reply> {
  const [address] = await directory.addresses(host);
  if (address === undefined) throw new Error(`${host} has no address`);
  const target = { host: address, headers: { Host: host }, method, path, signal: AbortSignal.timeout(TIMEOUT_MS) };
  const asked =
    scheme === 'http'
      ? requestPlain({ ...target, port: httpPort })
      : requestSecured({ ...target, port: httpsPort, servername: named(host).servername, ...(ca && { ca: [...ca] }) });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const octets: Buffer = chunk;
    length += octets.length;
    if (length > MAX_BODY_OCTETS) throw new Error('the answer is far too long');
    chunks.push(octets);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}
