/** The shortest SMTP session that sends one mail, over a plain connection from this computer. */
import { connect } from 'node:net';
import { RawClient } from '../support/raw-client.ts';

export interface Letter {
  readonly from: string;
  readonly to: string | readonly string[];
  /** Header and body with CRLF line ends, without the final dot. Without it the last reply to RCPT ends the session. */
  readonly mail?: string | Buffer;
  /** Leaves after the final dot, when this is fulfilled, without waiting for the reply. */
  readonly leave?: () => Promise<unknown>;
  /** Happens when all recipients were accepted. */
  readonly afterRecipients?: () => void;
}

/** The last reply: that to the final dot, or the refusal that came before. Rejects when the connection breaks. */
export async function sendMail(port: number, login: string, password: string, letter: Letter): Promise<string> {
  const client = new RawClient(connect(port, '127.0.0.1'));
  try {
    return await converse(client, login, password, letter);
  } finally {
    client.destroy();
  }
}

async function converse(client: RawClient, login: string, password: string, letter: Letter): Promise<string> {
  const reply = async (): Promise<string> => {
    const said = await client.reply();
    if (said === '') throw new Error('closed');
    return said;
  };
  const command = (text: string): Promise<string> => {
    client.send(`${text}\r\n`);
    return reply();
  };
  await reply();
  await command('EHLO [127.0.0.1]');
  const token = Buffer.from(`\0${login}\0${password}`).toString('base64');
  const recipients = [letter.to].flat().map((to) => `RCPT TO:<${to}>`);
  let said = '';
  for (const text of [`AUTH PLAIN ${token}`, `MAIL FROM:<${letter.from}>`, ...recipients]) {
    said = await command(text);
    if (!/^[23]/.test(said)) return said;
  }
  if (letter.mail === undefined) return said;
  letter.afterRecipients?.();
  await command('DATA');
  client.send(letter.mail);
  const last = command('\r\n.');
  if (letter.leave === undefined) return last;
  last.catch(() => undefined);
  await letter.leave();
  return '';
}
