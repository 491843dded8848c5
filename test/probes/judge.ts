/** Carries out a probe against a server and says what was not as it must be. */
import { hear, shown } from './hear.ts';
import { AGAIN, CLOSED, lines, OK, TLS, type Beginning, type Exchange, type Probe, type Said } from './probe.ts';
import type { ProbedServer } from './server.ts';
import { spoken } from './spoken.ts';
import { connect, type Wire } from './wire.ts';

const LOGIN: readonly Exchange[] = [
  ['USER {name}', OK],
  ['PASS {password}', OK],
];
/** Whatever happened before, the server is in step and takes its leave. */
const AFTERWARDS: readonly Exchange[] = [
  ['CAPA', lines(() => undefined)],
  ['QUIT', OK, CLOSED],
];

/** Undefined when the server did everything right; else the first thing that it did not. */
export async function judge(server: ProbedServer, probe: Probe): Promise<string | undefined> {
  const conversation = new Conversation(server, await server.newUser(probe.box));
  try {
    const goodBye = probe.exchanges.at(-1)?.at(-1) === CLOSED ? [] : AFTERWARDS;
    const greeting = await conversation.begin(probe.begin);
    return greeting ?? (await conversation.carryOut([...probe.exchanges, ...goodBye]));
  } finally {
    conversation.leave();
  }
}

class Conversation {
  readonly #server: ProbedServer;
  readonly #name: string;
  #wire: Wire | undefined;

  constructor(server: ProbedServer, name: string) {
    this.#server = server;
    this.#name = name;
  }

  async begin(how: Beginning): Promise<string | undefined> {
    this.#wire = await connect(this.#server, how === 'tls' ? 'tls' : 'plain');
    const greeting = await hear(this.#wire, OK);
    if (greeting !== undefined) return `greeting: ${greeting}`;
    return how === 'logged in' ? this.carryOut(LOGIN) : undefined;
  }

  leave(): void {
    this.#wire?.socket.destroy();
  }

  async carryOut(exchanges: readonly Exchange[]): Promise<string | undefined> {
    for (const [said, ...expected] of exchanges) {
      const problem = await this.#say(said);
      if (problem !== undefined) return problem;
      for (const answer of expected) {
        const complaint = await hear(this.#open(), answer);
        if (complaint !== undefined) return `${briefly(said)}: ${complaint}`;
      }
    }
    return undefined;
  }

  async #say(said: Said): Promise<string | undefined> {
    const wire = this.#open();
    if (wire.unread.length > 0) return `unasked: ${shown(wire.unread)}`;
    if (said === TLS) return (await wire.startTls(this.#server.ca)) ? undefined : 'no handshake';
    if (said === AGAIN) {
      this.leave();
      return this.begin('logged in');
    }
    await wire.send(spoken(said, this.#name));
    return undefined;
  }

  #open(): Wire {
    if (this.#wire === undefined) throw new Error('not connected');
    return this.#wire;
  }
}

function briefly(said: Said): string {
  if (typeof said === 'symbol') return said.toString();
  return shown(Buffer.from(typeof said === 'string' ? said : said.octets));
}
