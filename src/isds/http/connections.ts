/** The connections to ISDS: shared by all passwords, apart for each certificate, which a connection is opened with. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Agent } from 'undici';
import type { Authenticator } from './authenticator.ts';

/** A TCP and TLS handshake takes well under a second; behind that nobody answers. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The operator's advice is at least 120 s to the first octet, which 3005 and virus checks need (isds §1.8). */
const ANSWER_TIMEOUT_MS = 150_000;

/** Between two pieces of an answer; time in which we ourselves do not read is not counted. */
const SILENCE_TIMEOUT_MS = 60_000;

/** Fresh ones are not kept: one that the server is just closing would leave open whether a message was sent. */
export type Keeping = 'kept' | 'fresh';

type Pair = Readonly<Record<Keeping, Agent>>;

export class Connections {
  readonly #ca: string | undefined;
  /** By the certificate in PEM, of which a gateway has as many as its operator configured; all passwords share those without one. */
  readonly #pairs = new Map<string | undefined, Pair>();

  /** `ca` are PEM certificates trusted in addition to the usual ones. */
  constructor(ca: string | undefined) {
    this.#ca = ca;
  }

  for({ clientCertificate: own }: Pick<Authenticator, 'clientCertificate'>, keeping: Keeping): Agent {
    const pair = this.#pairs.get(own?.certificate) ?? this.#createPair(own);
    this.#pairs.set(own?.certificate, pair);
    return pair[keeping];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pairs.values()].flatMap(({ kept, fresh }) => [kept.destroy(), fresh.destroy()]));
  }

  #createPair(own: Authenticator['clientCertificate']): Pair {
    // Made once: to read more than a hundred authorities for every connection takes longer than its handshake.
    const secureContext = createSecureContext({
      ...(this.#ca === undefined ? {} : { ca: [...getCACertificates('default'), this.#ca] }),
      ...(own === undefined ? {} : { cert: own.certificate, key: own.key.reveal() }),
    });
    return { kept: createAgent(secureContext, 1), fresh: createAgent(secureContext, 0) };
  }
}

function createAgent(secureContext: SecureContext, pipelining: 0 | 1): Agent {
  return new Agent({
    // HTTP/2 halves the speed of uploads, and ISDS has no use for it.
    allowH2: false,
    pipelining,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: SILENCE_TIMEOUT_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS, secureContext },
  });
}
