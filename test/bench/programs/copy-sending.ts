/** The limit of sending: speaks enough SMTP to be given a mail, and hands its octets to ISDS untouched as they come. */
import { createServer, type TLSSocket } from 'node:tls';
import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { Agent, request } from 'undici';
import { portOf, ready, settings, type TlsFiles, tlsMaterial } from './listening.ts';

export interface SendingSettings extends TlsFiles {
  readonly upstream: number;
}

const { upstream, ...files } = settings() as SendingSettings;
const tls = tlsMaterial(files);
const agent = new Agent({ allowH2: false, connect: { ca: tls.cert } });
const END = Buffer.from('\r\n.\r\n');

const server = createServer({ ...tls, noDelay: true }, (socket) => void converse(socket).catch(() => socket.destroy()));
server.listen(0, '127.0.0.1', () => ready(portOf(server)));

async function converse(socket: TLSSocket): Promise<void> {
  socket.on('error', () => undefined);
  socket.write('220 copy\r\n');
  let mail: PassThrough | undefined;
  let sent: Promise<unknown> | undefined;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    if (mail === undefined) {
      if (chunk.toString('latin1').startsWith('DATA')) {
        mail = new PassThrough();
        sent = upload(mail);
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
      continue;
    }
    if (!mail.write(chunk)) await once(mail, 'drain');
    if (!chunk.subarray(-END.length).equals(END)) continue;
    mail.end();
    await sent;
    mail = undefined;
    socket.write('250 done\r\n');
  }
}

async function upload(mail: PassThrough): Promise<void> {
  const reply = await request(`https://127.0.0.1:${upstream}/DS/dz`, { method: 'POST', dispatcher: agent, body: mail });
  await reply.body.dump();
}
