/**
 * What a user reads: every refusal as it comes over SMTP, octet for octet, in `replies.txt`, which is meant to be read. Nothing is
 * ever created at ISDS. After a deliberate change, run with `-u` and read what has changed.
 */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, demoLogins } from '../../../src/sandbox/index.ts';
import { Client } from '../../smtp/client.ts';
import { startWhole, type Whole } from '../whole.ts';
import { answering } from './answers.ts';
import { letter, type RefusedMail } from './cases.ts';
import { composing } from './mails.ts';
import { addressing } from './recipients.ts';

const SECTIONS = [...addressing, ...composing, ...answering];
const MAILS = SECTIONS.flatMap(({ mails }) => mails);

test('every refused mail is answered as the table says, and none is created', { timeout: 60_000 }, async () => {
  const whole = await startWhole({ settings: { POSTOLKA_SENDING_MAX_TOTAL_MEGABYTES: '1' } });
  onTestFinished(() => whole.stop());
  const { calls, faults } = whole.sandbox;
  const connections = new Connections(whole);

  const table: string[] = [];
  for (const { title, mails } of SECTIONS) {
    table.push(`# ${title}`);
    for (const mail of mails) {
      if (mail.fault !== undefined) faults.add(mail.fault);
      table.push(`${mail.what}\n${indented(await connections.reply(mail))}`);
      expect({ what: mail.what, faultsLeft: faults.pending }).toEqual({ what: mail.what, faultsLeft: 0 });
    }
  }
  await expect(`${table.join('\n\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'replies.txt'));

  // What reached ISDS is what ISDS was made to refuse.
  const creations = answering.flatMap(({ mails }) => mails);
  expect(calls.of('CreateMessage')).toHaveLength(creations.length);
  expect(calls.of('CreateMessage').filter(({ statusCode }) => statusCode === '0000')).toEqual([]);
  expect(calls.count('CreateMultipleMessage')).toBe(0);
  expect(connections.created()).toBe(0);
  expect(calls.count('GetListOfReceivedMessages')).toBe(0);
});

test('at least 250 mails are refused, each described in words of its own', () => {
  const described = new Set(SECTIONS.flatMap(({ title, mails }) => mails.map(({ what }) => `${title}: ${what}`)));
  expect(described.size).toBe(MAILS.length);
  expect(described.size).toBeGreaterThanOrEqual(250);
});

function indented(reply: string): string {
  return reply.trimEnd().replaceAll('\r\n', '\n').replace(/^/gm, '    ');
}

/** One connection for each login, on which all its mails are sent. */
class Connections {
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
    return reply.replace(this.#session(), '(relace …');
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
    client.write(`${mail ?? letter('Žádost')}\r\n.\r\n`);
    return client.reply();
  }

  /** As it stands in the log, so that a reply with another session number is seen. */
  #session(): RegExp {
    const sessions = this.#whole.log.filter(({ msg }) => msg === 'smtp login').map(({ session }) => String(session));
    return new RegExp(`\\(relace (?:${sessions.join('|')})`);
  }

  #sent(): number {
    const { boxes } = this.#whole.sandbox.world;
    return [...boxes.keys()].flatMap((box) => this.#whole.sandbox.world.messagesOf(box, 'sender')).length;
  }
}
