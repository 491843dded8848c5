/** Which address is answered with what; everything else does not exist. */
import type { Clock } from '../core/index.ts';
import type { Language } from '../refusals/index.ts';
import type { Announcement } from './announcement.ts';
import {
  type Answer,
  notFound,
  privateDocument,
  publicDocument,
  redirect,
  refusal,
  unknownChallenge,
} from './answer.ts';
import { autoconfigDocument } from './autoconfig.ts';
import {
  autodiscoverUrl,
  autodiscoverV2,
  INVALID_PROTOCOL,
  OUTLOOK_RESPONSE,
  outlookSettings,
  providerUnavailable,
  readAutodiscoverRequest,
} from './autodiscover.ts';
import { helpPage, helpPaths, helpPolicy } from './help/page.ts';
import { preferredLanguage } from './language.ts';
import { mobileconfig } from './mobileconfig.ts';
import { PACC_PATH, paccDocument } from './pacc.ts';
import { qrSvg } from './qr/index.ts';

/** What of a request may decide about its answer. Who asks and which host he named is not among it. */
export interface Question {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly acceptLanguage: string | undefined;
  readonly encrypted: boolean;
  /** Of POST only. */
  readonly body: Buffer;
}

/** A path and what answers there. */
export interface Route {
  /** For the log, in place of paths that may hold an address. */
  readonly name: string;
  readonly methods: readonly string[];
  answer(question: Question): Answer | Promise<Answer>;
}

const XML = 'text/xml; charset=utf-8';
const JSON_TYPE = 'application/json';
const HTML = 'text/html; charset=utf-8';
const READING = ['GET', 'HEAD'];
const ASKING = ['GET', 'HEAD', 'POST'];

/** Tokens are base64url (RFC 8555 §8.3). */
const CHALLENGE_PATH = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]{1,256})$/;

/** Puts a signature around a profile, where there is a key for that. */
export type Sign = (profile: string) => Promise<string | Buffer>;

interface RouteOptions {
  readonly announcement: Announcement;
  readonly clock: Clock;
  readonly sign: Sign;
  /** What an authority expects at a token's address before it issues a certificate. */
  readonly challengeAnswer: (token: string) => string | undefined;
}

/** Finds the route of a path. Outlook's paths come in any capitalisation. */
export function routesOf({
  announcement,
  clock,
  sign,
  challengeAnswer,
}: RouteOptions): (path: string) => Route | undefined {
  const { domain } = announcement;
  const unchanging = (name: string, answer: Answer): Route => ({ name, methods: READING, answer: () => answer });

  const autoconfig = unchanging('autoconfig', publicDocument(XML, autoconfigDocument(announcement)));
  const pacc = paccDocument(announcement);
  const autodiscover = autodiscoverRoute(announcement, clock);
  const autodiscover2: Route = {
    name: 'autodiscover-v2',
    methods: READING,
    answer({ query }) {
      const found = autodiscoverV2(announcement, parameter(query, 'protocol'));
      return found === undefined
        ? privateDocument(JSON_TYPE, INVALID_PROTOCOL, 400)
        : privateDocument(JSON_TYPE, found);
    },
  };
  const profile: Route = {
    name: 'mobileconfig',
    methods: READING,
    async answer({ query }) {
      const asked = query.get('address');
      const address = parseAddress(asked ?? '', domain);
      if (asked !== null && address === undefined) return refusal(400, `The address must be a login at ${domain}.`);
      const document = await sign(mobileconfig(announcement, address));
      const answer = privateDocument('application/x-apple-aspen-config', document);
      const disposition = 'attachment; filename="postolka.mobileconfig"';
      return { ...answer, headers: { ...answer.headers, 'Content-Disposition': disposition } };
    },
  };
  const qr: Route = { name: 'qr', methods: READING, answer: ({ query }) => qrAnswer(announcement, query) };
  const root: Route = {
    name: 'root',
    methods: READING,
    answer: ({ acceptLanguage }) => redirect(helpPaths[preferredLanguage(acceptLanguage)]),
  };

  const routes = new Map<string, Route>([
    ['/mail/config-v1.1.xml', autoconfig],
    ['/.well-known/autoconfig/mail/config-v1.1.xml', autoconfig],
    ['/postolka.mobileconfig', profile],
    ['/qr.svg', qr],
    [helpPaths.cs, unchanging('help', helpAnswer(announcement, 'cs'))],
    [helpPaths.en, unchanging('help', helpAnswer(announcement, 'en'))],
    ['/', root],
  ]);
  if (pacc !== undefined) routes.set(PACC_PATH, unchanging('pacc', publicDocument(JSON_TYPE, pacc)));

  return (path) => {
    const folded = path.toLowerCase();
    if (folded === '/autodiscover/autodiscover.xml') return autodiscover;
    if (/^\/autodiscover\/autodiscover\.json(?:\/v1\.0\/[^/]*)?$/.test(folded)) return autodiscover2;
    const token = CHALLENGE_PATH.exec(path)?.[1];
    return token === undefined ? routes.get(path) : challengeRoute(challengeAnswer(token));
  };
}

function challengeRoute(expected: string | undefined): Route {
  const answer = expected === undefined ? unknownChallenge : privateDocument('application/octet-stream', expected);
  return { name: 'acme-challenge', methods: READING, answer: () => answer };
}

function autodiscoverRoute(announcement: Announcement, clock: Clock): Route {
  const hasHttps = announcement.publicUrl.startsWith('https:');
  return {
    name: 'autodiscover',
    methods: ASKING,
    answer({ method, encrypted, body }) {
      if (method !== 'POST') {
        // Outlook takes from unencrypted HTTP only the way to HTTPS.
        if (!encrypted && hasHttps) return redirect(autodiscoverUrl(announcement));
        return privateDocument(XML, outlookSettings(announcement, undefined));
      }
      const request = readAutodiscoverRequest(body);
      if (request === 'malformed') return refusal(400, 'The request has a document type declaration.');
      const { schema = OUTLOOK_RESPONSE, address = '' } = request;
      return privateDocument(
        XML,
        schema === OUTLOOK_RESPONSE
          ? outlookSettings(announcement, parseAddress(address, announcement.domain))
          : providerUnavailable(clock.now()),
      );
    },
  };
}

/** The way to this page on the phone; the login travels behind #, which browsers send to nobody. */
function qrAnswer({ domain, publicUrl }: Announcement, query: URLSearchParams): Answer {
  const language: Language = query.get('page') === helpPaths.en.slice(1) ? 'en' : 'cs';
  const local = parseAddress(query.get('address') ?? '', domain)?.split('@')[0];
  const svg = qrSvg(`${publicUrl}${helpPaths[language]}${local === undefined ? '' : `#${encodeURIComponent(local)}`}`);
  return svg === undefined ? notFound : privateDocument('image/svg+xml', svg);
}

function helpAnswer(announcement: Announcement, language: Language): Answer {
  const answer = publicDocument(HTML, helpPage(announcement, language));
  const headers = { ...answer.headers, 'Content-Language': language, 'Content-Security-Policy': helpPolicy };
  return { ...answer, headers };
}

/** Parameter names of Autodiscover, too, come in any capitalisation. */
function parameter(query: URLSearchParams, name: string): string | null {
  return [...query].find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** An ISDS login, perhaps with a tag for the device; nothing that means something in XML, HTML or a URL. */
const LOCAL_PART = /^[A-Za-z0-9._+-]{1,64}$/;

/** `login` and `login@domain` become `login@domain`; anything else is undefined. */
function parseAddress(text: string, domain: string): string | undefined {
  const [local = '', host = domain, ...surplus] = text.trim().split('@');
  const own = surplus.length === 0 && host.toLowerCase() === domain;
  return own && LOCAL_PART.test(local) ? `${local}@${domain}` : undefined;
}
