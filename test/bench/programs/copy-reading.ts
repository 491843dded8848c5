/**
 * The limit of reading: speaks enough POP3 to be asked, hands the octets of ISDS's answer to the client untouched, and does
 * nothing else. An answer is base64 on long lines, so that no line of it begins with a dot.
 *
 * A mail with the signed original holds the files twice, the answer once: then a part of it is handed on a second time, so that
 * the client gets as many octets.
 */
import { createServer, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { portOf, ready, settings, type TlsFiles, tlsMaterial } from './listening.ts';

export interface CopySettings extends TlsFiles {
  readonly upstream: number;
  readonly operation: string;
  readonly dmID: string;
  /** Part of the answer that is handed on a second time. */
  readonly again: number;
}

const { upstream, operation, dmID, again, ...files } = settings() as CopySettings;
const tls = tlsMaterial(files);
const agent = new Agent({ allowH2: false, connect: { ca: tls.cert } });
const body = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation} xmlns="http://isds.czechpoint.cz/v20"><dmID>${dmID}</dmID></${operation}></S:Body></S:Envelope>`;

const server = createServer({ ...tls, noDelay: true }, (socket) => void converse(socket).catch(() => socket.destroy()));
server.listen(0, '127.0.0.1', () => ready(portOf(server)));

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
  const reply = await request(`https://127.0.0.1:${upstream}/DS/dz`, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body,
  });
  socket.write('+OK 1 octets\r\n');
  for await (const chunk of reply.body as AsyncIterable<Buffer>) {
    if (again > 0) socket.write(chunk.subarray(0, again * chunk.length));
    if (!socket.write(chunk)) await once(socket, 'drain');
  }
  socket.write('\r\n.\r\n');
}
