/** The shortest SMTP session that sends one mail, over a plain connection from this computer. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

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
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  try {
    return await converse(socket, login, password, letter);
  } finally {
    socket.destroy();
  }
}

async function converse(socket: Socket, login: string, password: string, letter: Letter): Promise<string> {
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  const closed = once(socket, 'close').then(() => Promise.reject(new Error('closed')));
  // Nobody waits for it when the session ends well.
  closed.catch(() => undefined);
  const reply = async (): Promise<string> => {
    while (!/^\d{3} .*\r\n$/m.test(heard)) await Promise.race([once(socket, 'data'), closed]);
    const said = heard;
    heard = '';
    return said;
  };
  const command = async (text: string | Buffer): Promise<string> => {
    socket.write(text);
    socket.write('\r\n');
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
  socket.write(letter.mail);
  const last = command('\r\n.');
  if (letter.leave === undefined) return last;
  last.catch(() => undefined);
  await letter.leave();
  return '';
}
