/** A gateway of the whole house as a mail program meets it that is refused again and again. */
import { demoBoxes, demoLogins } from '../../../src/sandbox/index.ts';
import { Client } from '../../smtp/client.ts';
import type { Whole } from '../whole.ts';
import { letter, type RefusedMail } from './cases.ts';

/** One connection for each login, on which all its mails are sent. */
export class Connections {
  readonly #whole: Whole;
  readonly #open = new Map<string, Client>();
  readonly #sentBefore: number;

  constructor(whole: Whole) {
    this.#whole = whole;
    this.#sentBefore = this.#sent();
  }

  /** The reply that ends the mail, with a placeholder for the session; throws for a mail that was accepted. */
  async reply(mail: RefusedMail): Promise<string> {
    const login = mail.login ?? 'urad01';
    const client = this.#open.get(login) ?? (await this.#connect(login));
    this.#open.set(login, client);
    const reply = await this.#send(client, login, mail);
    await client.command('RSET');
    if (!/^[45]\d\d[- ]/.test(reply)) throw new Error(`${mail.what} was not refused: ${reply}`);
    return reply.replace(this.#session(), '($1 …');
  }

  /** Messages that are at the sandbox and were not before. */
  created(): number {
    return this.#sent() - this.#sentBefore;
  }

  async #connect(login: string): Promise<Client> {
    const password = demoLogins.find(({ name }) => name === login)?.password ?? '';
    const client = await Client.connect({ port: this.#whole.gateway.ports.smtp }, 'plain');
    await client.command('EHLO [127.0.0.1]');
    const token = Buffer.from(`\0${login}\0${password}`).toString('base64');
    await client.command(`AUTH PLAIN ${token}`);
    return client;
  }

  async #send(client: Client, login: string, { from, to, mail }: RefusedMail): Promise<string> {
    const { domain } = this.#whole;
    const own = `<${login}@${domain}>`;
    const sender = from?.startsWith('<') ? from : `${own}${from ?? ''}`;
    const recipient = to ?? `${demoBoxes.company}@${domain}`;
    for (const command of [`MAIL FROM:${sender}`, `RCPT TO:<${recipient}>`, 'DATA']) {
      const reply = await client.command(command);
      if (!/^[23]/.test(reply)) return reply;
    }
    client.send(`${mail ?? letter('Žádost')}\r\n.\r\n`);
    return client.reply();
  }

  /** As it stands in the log, so that a reply with another session number is seen. */
  #session(): RegExp {
    const sessions = this.#whole.log.filter(({ msg }) => msg === 'smtp login').map(({ session }) => String(session));
    return new RegExp(`\\((relace|session) (?:${sessions.join('|')})`);
  }

  #sent(): number {
    const { boxes } = this.#whole.sandbox.world;
    return [...boxes.keys()].flatMap((box) => this.#whole.sandbox.world.messagesOf(box, 'sender')).length;
  }
}
