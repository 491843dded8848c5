/** A POP3 session over a plain connection from this computer, as far as tests of the whole need one. */
import { connect } from 'node:net';
import { RawClient } from '../support/raw-client.ts';

export interface Pop3Session {
  /** The first line of the answer. */
  command(text: string): Promise<string>;
  /** The lines behind the first, un-stuffed. */
  list(text: string): Promise<string[]>;
  /** Octets of the multi-line answer under way, un-stuffed, with CRLF line ends and without the final dot. */
  bodyOctets(): Promise<number>;
  quit(): Promise<void>;
}

export async function openSession(port: number, name: string, password: string): Promise<Pop3Session> {
  const client = new RawClient(connect(port, '127.0.0.1'));
  const command = (text: string): Promise<string> => {
    client.send(`${text}\r\n`);
    return client.line();
  };
  await client.line();
  await command(`USER ${name}`);
  const login = await command(`PASS ${password}`);
  if (!login.startsWith('+OK')) throw new Error(login);
  return {
    command,
    async list(text) {
      const first = await command(text);
      if (!first.startsWith('+OK')) throw new Error(first);
      return client.body();
    },
    async bodyOctets() {
      const lines = await client.body();
      return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 2, 0);
    },
    async quit() {
      await command('QUIT');
      client.destroy();
      await client.closed();
    },
  };
}

/** UIDLs of the maildrop, or the refusal of the list as it came. */
export async function readUidl(port: number, name: string, password: string): Promise<string[]> {
  const session = await openSession(port, name, password);
  try {
    return (await session.list('UIDL')).map((line) => line.split(' ')[1] ?? '');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await session.quit();
  }
}
