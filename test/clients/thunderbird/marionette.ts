/** Talks to a Mozilla program's Marionette: JSON arrays over TCP, each behind its length, for scripts with all privileges. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What goes into a script and comes out of it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Longest script of the tests: getting or sending many megabytes takes seconds, on a busy computer many of them. */
const SCRIPT_DEADLINE_MS = 120_000;

/** The program answers a moment later that the script was too slow; only when it does not is it stuck. */
const ANSWER_DEADLINE_MS = SCRIPT_DEADLINE_MS + 10_000;

/** Types of a protocol message. */
const COMMAND = 0;
const ANSWER = 1;

type Waiting = PromiseWithResolvers<unknown>;

export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #received: Buffer = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (octets) => this.#take(octets));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Thunderbird closed the Marionette connection')));
  }

  /** Connects and begins the one session that there may be. */
  static async open(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    await marionette.command('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
    await marionette.command('WebDriver:SetTimeouts', { script: SCRIPT_DEADLINE_MS });
    await marionette.command('Marionette:SetContext', { value: 'chrome' });
    return marionette;
  }

  /** Runs the body of an async function whose parameter is `given`; what it throws rejects here, with its stack. */
  async run(body: string, given: Json = {}): Promise<unknown> {
    const script = `const given = arguments[0]; return (async () => { ${body} })();`;
    const answer = await this.command('WebDriver:ExecuteScript', { script, args: [given], sandbox: 'system' });
    return (answer as { value: unknown }).value;
  }

  async command(name: string, parameters: Json = {}): Promise<unknown> {
    const id = ++this.#lastId;
    const answer: Waiting = Promise.withResolvers();
    this.#waiting.set(id, answer);
    const message = Buffer.from(JSON.stringify([COMMAND, id, name, parameters]));
    this.#socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    const late = setTimeout(() => answer.reject(new Error(`${name} got no answer`)), ANSWER_DEADLINE_MS);
    try {
      return await answer.promise;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(octets: Buffer): void {
    this.#received = Buffer.concat([this.#received, octets]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon === -1) return;
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.length < end) return;
      this.#answer(JSON.parse(this.#received.toString('utf8', colon + 1, end)));
      this.#received = this.#received.subarray(end);
    }
  }

  /** The greeting is an object and not an answer. */
  #answer(message: unknown): void {
    if (!Array.isArray(message) || message[0] !== ANSWER) return;
    const [, id, error, result] = message as [number, number, { message: string; stacktrace: string } | null, unknown];
    if (error === null) this.#waiting.get(id)?.resolve(result);
    else this.#waiting.get(id)?.reject(new Error(`${error.message}\n${error.stacktrace}`));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
