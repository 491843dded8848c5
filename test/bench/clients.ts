/** Mail programs for the benchmark: they do the least that can be done, and check that they got everything. */
import { connect, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { DOMAIN, PASSWORD, RECIPIENT } from './logins.ts';

export interface Place {
  readonly port: number;
  /** PEM of the server's certificate. */
  readonly ca: string;
  /** One address of this computer may have only so many connections. */
  readonly localAddress?: string;
}

const FINAL_DOT = Buffer.from('\r\n.\r\n');
/** Less than a mail says nothing about octets. */
const LONGEST_ANSWER_LINE = 600;

export class Client {
  readonly #socket: TLSSocket;
  readonly #chunks: AsyncIterator<Buffer>;
  #waiting: Buffer = Buffer.alloc(0);

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** A client that has heard the greeting. */
  static async connect(place: Place): Promise<Client> {
    const socket = connect({ host: '127.0.0.1', ...place });
    socket.setNoDelay(true);
    // Who waits for octets gets it; a connection that nobody uses any more may break.
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    const client = new Client(socket);
    await client.line();
    return client;
  }

  /** The last line of an answer; refusals throw. */
  async command(text: string): Promise<string> {
    await this.write(Buffer.from(`${text}\r\n`));
    return (await this.answer(text)).at(-1)!;
  }

  /** The lines of the answer to what was said. */
  async answer(said: string): Promise<string[]> {
    const lines: string[] = [];
    do {
      lines.push(await this.line());
      if (/^(-ERR|[45]\d\d)/.test(lines.at(-1)!)) throw new Error(`${said}: ${lines.at(-1)}`);
    } while (/^\d{3}-/.test(lines.at(-1)!));
    return lines;
  }

  async line(): Promise<string> {
    let end = this.#waiting.indexOf('\r\n');
    while (end < 0) {
      this.#waiting = Buffer.concat([this.#waiting, await this.#chunk()]);
      if (this.#waiting.length > LONGEST_ANSWER_LINE && this.#waiting.indexOf('\r\n') < 0) throw new Error('no line');
      end = this.#waiting.indexOf('\r\n');
    }
    const line = this.#waiting.toString('utf8', 0, end);
    this.#waiting = this.#waiting.subarray(end + 2);
    return line;
  }

  /** Octets of a multi-line answer up to the final dot, thrown away. */
  async body(): Promise<number> {
    let octets = 0;
    let tail: Buffer = Buffer.from('\r\n');
    for (let chunk = this.#waiting; ; chunk = await this.#chunk()) {
      octets += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-FINAL_DOT.length)]).subarray(-FINAL_DOT.length);
      if (tail.equals(FINAL_DOT)) break;
    }
    this.#waiting = Buffer.alloc(0);
    return octets;
  }

  async write(octets: Buffer): Promise<void> {
    if (!this.#socket.write(octets)) await once(this.#socket, 'drain');
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #chunk(): Promise<Buffer> {
    const { value, done } = await this.#chunks.next();
    if (done === true) throw new Error('the server has closed the connection');
    return value;
  }
}

export async function popLogIn(place: Place, login: string): Promise<Client> {
  const client = await Client.connect(place);
  await client.command(`USER ${login}`);
  await client.command(`PASS ${PASSWORD}`);
  return client;
}

/** What a mail program does when it finds nothing new. */
export async function poll(place: Place, login: string): Promise<string> {
  const client = await popLogIn(place, login);
  const answer = await client.command('STAT');
  await client.command('QUIT');
  client.destroy();
  return answer;
}

/** Octets of the first mail; throws when they are fewer than announced. */
export async function retrieve(client: Client): Promise<number> {
  const announced = Number(/^\+OK (\d+) octets/.exec(await client.command('RETR 1'))?.[1]);
  const octets = await client.body();
  if (octets < announced) throw new Error(`${octets} octets came of ${announced}`);
  return octets;
}

export async function smtpLogIn(place: Place, login: string): Promise<Client> {
  const client = await Client.connect(place);
  await client.command('EHLO localhost');
  await client.command(`AUTH PLAIN ${Buffer.from(`\0${login}\0${PASSWORD}`).toString('base64')}`);
  return client;
}

/** Mails so far, told apart by their subjects. */
let sent = 0;

/** Sends one mail; refused, it throws. */
export async function deliver(client: Client, login: string, content: string): Promise<void> {
  await client.command(`MAIL FROM:<${login}@${DOMAIN}>`);
  await client.command(`RCPT TO:<${RECIPIENT}>`);
  await client.command('DATA');
  const head = `From: <${login}@${DOMAIN}>\r\nTo: <${RECIPIENT}>\r\nSubject: Podání ${sent++}\r\nMIME-Version: 1.0\r\n`;
  await client.write(Buffer.from(`${head}${content}.\r\n`));
  await client.answer('mail');
}
