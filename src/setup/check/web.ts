/** Do programs get their settings at the usual addresses, and does nothing there ask for a password? */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Announcement } from '../announcement.ts';
import { autoconfigDocument } from '../autoconfig.ts';
import { autoconfigHost, autodiscoverHost, paccHost } from '../host-names.ts';
import { PACC_PATH, paccDocument } from '../pacc.ts';
import { advice, fault, type Finding, ok } from './finding.ts';
import type { Surroundings } from './ports.ts';
import { PATIENCE_MS } from './probe.ts';

/** None of our documents comes near. */
const LONGEST_BODY = 64 * 1_024;
const UNAUTHORIZED = 401;

interface Page {
  readonly host: string;
  readonly path: string;
  /** The very document that is expected, or only that there is one. */
  readonly body?: string;
}

export async function checkWeb(announcement: Announcement, surroundings: Surroundings): Promise<Finding[]> {
  const { domain } = announcement;
  const autoconfig = autoconfigDocument(announcement);
  const pacc = paccDocument(announcement);
  const pages: Page[] = [
    { host: autoconfigHost(announcement), path: '/mail/config-v1.1.xml', body: autoconfig },
    { host: domain, path: '/.well-known/autoconfig/mail/config-v1.1.xml', body: autoconfig },
    { host: autodiscoverHost(announcement), path: '/autodiscover/autodiscover.xml' },
    ...(pacc === undefined ? [] : [{ host: paccHost(announcement), path: PACC_PATH, body: pacc }]),
  ];
  const names = [...new Set([domain, announcement.pop3.host])];
  return Promise.all([
    ...pages.map((page) => checkPage(page, surroundings)),
    ...names.map((host) => checkNoPassword(host, surroundings)),
  ]);
}

async function checkPage({ host, path, body }: Page, surroundings: Surroundings): Promise<Finding> {
  const what = `https://${host}${path}`;
  try {
    const reply = await fetchPage('GET', host, path, surroundings);
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
async function checkNoPassword(host: string, surroundings: Surroundings): Promise<Finding> {
  const what = `https://${host}/ asks for no password`;
  try {
    const { status } = await fetchPage('PROPFIND', host, '/.well-known/carddav', surroundings);
    if (status !== UNAUTHORIZED) return ok(what);
    return fault(
      what,
      'it does (401), and mail programs would send it that of the data box; answer 404 or 405 instead',
    );
  } catch {
    // Where nobody answers, nobody hears a password.
    return ok(what);
  }
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

async function fetchPage(
  method: string,
  host: string,
  path: string,
  { directory, ca, httpsPort }: Surroundings,
): Promise<Reply> {
  const [address] = await directory.addresses(host);
  if (address === undefined) throw new Error(`${host} has no address`);
  const target = { host: address, port: httpsPort, servername: host, headers: { Host: host }, method, path };
  const asked = request({ ...target, signal: AbortSignal.timeout(PATIENCE_MS), ...(ca && { ca: [...ca] }) });
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
    if (length > LONGEST_BODY) throw new Error('the answer is far too long');
    chunks.push(octets);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}
