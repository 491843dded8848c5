/** A POP3 session over a plain connection from this computer, as far as tests of the whole need one. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

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
  const socket = connect(port, '127.0.0.1');
  const lines = linesOf(socket);
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('closed');
    return value;
  };
  const command = async (text: string): Promise<string> => {
    socket.write(`${text}\r\n`);
    return next();
  };
  await next();
  await command(`USER ${name}`);
  const login = await command(`PASS ${password}`);
  if (!login.startsWith('+OK')) throw new Error(login);
  return {
    command,
    async list(text) {
      const first = await command(text);
      if (!first.startsWith('+OK')) throw new Error(first);
      const found: string[] = [];
      for (let line = await next(); line !== '.'; line = await next()) found.push(line);
      return found;
    },
    async bodyOctets() {
      let octets = 0;
      for (let line = await next(); line !== '.'; line = await next()) octets += line.replace(/^\./, '').length + 2;
      return octets;
    },
    async quit() {
      await command('QUIT');
      socket.destroy();
      await once(socket, 'close');
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

/** Latin-1, so that a character is an octet. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket) {
    const pieces = (rest + (chunk as Buffer).toString('latin1')).split('\r\n');
    rest = pieces.pop() ?? '';
    yield* pieces;
  }
}
