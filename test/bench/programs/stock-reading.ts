/** The stock way of reading: the whole answer through fast-xml-parser, the mail by nodemailer, dots doubled line by line. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createServer, type TLSSocket } from 'node:tls';
import { XMLParser } from 'fast-xml-parser';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { Agent, request } from 'undici';
import { portOf, ready, settings, tlsMaterial } from './listening.ts';
import type { CopySettings } from './copy-reading.ts';

interface File {
  readonly '@_dmFileDescr': string;
  readonly '@_dmMimeType': string;
  readonly dmEncodedContent: string;
}

const { upstream, operation, dmID, ...files } = settings() as CopySettings;
const tls = tlsMaterial(files);
const agent = new Agent({ allowH2: false, connect: { ca: tls.cert } });
const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => name === 'dmFile',
});
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
  const answer = parser.parse(await reply.body.text()).Envelope.Body.MessageDownloadResponse;
  const attachments = (answer.dmReturnedMessage.dmDm.dmFiles.dmFile as File[]).map((file) => ({
    filename: file['@_dmFileDescr'],
    contentType: file['@_dmMimeType'],
    content: Buffer.from(file.dmEncodedContent, 'base64'),
  }));
  const mail = await new MailComposer({ subject: 'Zpráva', text: 'Zpráva', attachments }).compile().build();
  socket.write('+OK 1 octets\r\n');
  for (const line of mail.toString('latin1').split('\r\n')) {
    if (!socket.write(`${line.startsWith('.') ? '.' : ''}${line}\r\n`, 'latin1')) await once(socket, 'drain');
  }
  socket.write('.\r\n');
}
