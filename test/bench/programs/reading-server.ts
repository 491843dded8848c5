/** As much POP3 as it takes to be asked for the one mail, and one request to ISDS for each time; what is made of the answer differs. */
import { createServer, type TLSSocket } from 'node:tls';
import { createInterface } from 'node:readline';
import { Agent, type Dispatcher, request } from 'undici';
import { portOf, ready, type TlsFiles, tlsMaterial } from './listening.ts';

export interface ReadingSettings extends TlsFiles {
  readonly upstream: number;
  readonly operation: string;
  readonly dmID: string;
}

/** `write` gets the answer of ISDS and ends the mail with its final dot. */
export function serveReading(
  { upstream, operation, dmID, ...files }: ReadingSettings,
  write: (socket: TLSSocket, answer: Dispatcher.ResponseData['body']) => Promise<void>,
): void {
  const tls = tlsMaterial(files);
  const agent = new Agent({ allowH2: false, connect: { ca: tls.cert } });
  const body = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation} xmlns="http://isds.czechpoint.cz/v20"><dmID>${dmID}</dmID></${operation}></S:Body></S:Envelope>`;

  async function converse(socket: TLSSocket): Promise<void> {
    socket.on('error', () => undefined);
    socket.write('+OK\r\n');
    for await (const line of createInterface({ input: socket })) {
      if (line.startsWith('RETR')) await retrieve(socket);
      else socket.write('+OK 1 1\r\n');
      if (line === 'QUIT') socket.end();
    }
  }

  async function retrieve(socket: TLSSocket): Promise<void> {
    const answer = await request(`https://127.0.0.1:${upstream}/DS/dz`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
      body,
    });
    await write(socket, answer.body);
  }

  const server = createServer(
    { ...tls, noDelay: true },
    (socket) => void converse(socket).catch(() => socket.destroy()),
  );
  server.listen(0, '127.0.0.1', () => ready(portOf(server)));
}
