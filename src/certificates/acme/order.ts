/** One certificate ordered at an authority and proved over HTTP (RFC 8555 §7.4, §8.3), with the library acme-client. */
import { generateKeyPairSync } from 'node:crypto';
import { Agent } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates } from 'node:tls';
import type { Authorization, Client, Order } from 'acme-client';
import type { KeyPair } from '../../net/index.ts';
import type { Challenges } from './challenges.ts';

/** Authorities answer within a second or two; one that does not is tried again later. */
const REQUEST_TIMEOUT_MS = 30_000;
/** From the order to the certificate; authorities that look from several places take half a minute. */
const ORDER_TIMEOUT_MS = 5 * 60_000;
/** A chain of certificates takes some kilobytes. */
const MAX_ANSWER_OCTETS = 1_048_576;
const FIRST_LOOK_MS = 500;
const MAX_CHECK_MS = 10_000;

export interface OrderOptions {
  readonly directoryUrl: string;
  readonly names: readonly string[];
  readonly email: string | undefined;
  /** In PEM. */
  readonly accountKey: string;
  /** Certificates of an authority that the system does not know, in PEM. */
  readonly ca: string | undefined;
  readonly challenges: Challenges;
  readonly signal: AbortSignal;
}

/** ECDSA P-256, in PEM: what every mail program with TLS 1.2 and every authority knows. */
export function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Rejects with what the authority says, also about each name that it could not reach. The terms must have been agreed to. */
export async function order(options: OrderOptions): Promise<KeyPair> {
  const { directoryUrl, names, accountKey, email, challenges } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(ORDER_TIMEOUT_MS)]);
  // These libraries take some 100 ms to load and are needed once in two months.
  const acme = await import('acme-client');
  acme.axios.defaults.timeout = REQUEST_TIMEOUT_MS;
  acme.axios.defaults.maxContentLength = MAX_ANSWER_OCTETS;
  acme.axios.defaults.signal = signal;
  acme.axios.defaults.httpsAgent = new Agent(
    options.ca === undefined ? {} : { ca: [...getCACertificates(), options.ca] },
  );
  // The library's own repetitions cannot be stopped and lose the reason of a failure; our schedule repeats.
  acme.axios.interceptors.request.clear();
  acme.axios.interceptors.response.clear();
  const client = new acme.Client({ directoryUrl, accountKey });
  await client.createAccount({
    termsOfServiceAgreed: true,
    ...(email === undefined ? {} : { contact: [`mailto:${email}`] }),
  });
  const ordered = await client.createOrder({ identifiers: names.map((value) => ({ type: 'dns', value })) });
  await prove(client, ordered, challenges, signal);
  const key = newKey();
  const [, request] = await acme.crypto.createCsr({ altNames: [...names] }, key);
  await client.finalizeOrder(ordered, request);
  const finished = await settled(
    () => client.getOrder(ordered),
    ({ status }) => status !== 'processing',
    signal,
  );
  if (finished.status !== 'valid') throw new Error(`the order is ${finished.status}: ${detailOf(finished)}`);
  return { key, cert: await client.getCertificate(finished) };
}

/** Answers the authority's questions for all names at once. */
async function prove(client: Client, ordered: Order, challenges: Challenges, signal: AbortSignal): Promise<void> {
  const open = (await client.getAuthorizations(ordered)).filter(({ status }) => status !== 'valid');
  const asked = open.map(({ identifier, challenges: offered }) => {
    const challenge = offered.find(({ type }) => type === 'http-01');
    if (challenge === undefined) throw new Error(`the authority does not check ${identifier.value} over HTTP`);
    return challenge;
  });
  const answers = new Map<string, string>();
  for (const challenge of asked) answers.set(challenge.token, await client.getChallengeKeyAuthorization(challenge));
  const authorizations = await challenges.during(answers, async () => {
    for (const challenge of asked) await client.completeChallenge(challenge);
    return settled(() => client.getAuthorizations(ordered), areDecided, signal);
  });
  const refused = authorizations.filter(({ status }) => status !== 'valid');
  if (refused.length > 0) throw new Error(refused.map(complaintOf).join('; '));
}

function areDecided(authorizations: readonly Authorization[]): boolean {
  return authorizations.every(({ status }) => status !== 'pending');
}

function complaintOf({ identifier, status, challenges }: Authorization): string {
  const details = challenges.map(detailOf).filter((detail) => detail !== '');
  return `${identifier.value} is ${status}: ${details.join(', ')}`;
}

/** What the authority says is wrong (RFC 7807); the library's types do not have it everywhere. */
function detailOf(subject: object): string {
  const error: unknown = 'error' in subject ? subject.error : undefined;
  if (typeof error !== 'object' || error === null || !('detail' in error)) return '';
  return String(error.detail);
}

/** Looks again and again, less and less often. Rejects when the signal says that time is over. */
async function settled<Subject>(
  look: () => Promise<Subject>,
  isSettled: (subject: Subject) => boolean,
  signal: AbortSignal,
): Promise<Subject> {
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(2 * wait, MAX_CHECK_MS)) {
    const subject = await look();
    if (isSettled(subject)) return subject;
    await delay(wait, undefined, { signal });
  }
}
