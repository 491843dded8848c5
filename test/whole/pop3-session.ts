/** The shortest POP3 session that needs the list, over a plain connection from this computer. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** UIDLs of the maildrop, or the refusal of the list as it came. */
export async function readUidl(port: number, name: string, password: string): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const command = async (text: string): Promise<string> => {
    socket.write(`${text}\r\n`);
    return next();
  };
  await next();
  await command(`USER ${name}`);
  const login = await command(`PASS ${password}`);
  if (!login.startsWith('+OK')) throw new Error(login);
  const first = await command('UIDL');
  const uids: string[] = [];
  if (first.startsWith('+OK')) {
    for (let line = await next(); line !== '.'; line = await next()) uids.push(line.split(' ')[1] ?? '');
  } else uids.push(first);
  await command('QUIT');
  socket.destroy();
  await once(socket, 'close');
  return uids;
}
