/** The stock way of reading: the whole answer through fast-xml-parser, the mail by nodemailer, dots doubled line by line. */
import { once } from 'node:events';
import { XMLParser } from 'fast-xml-parser';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { settings } from './listening.ts';
import { type ReadingSettings, serveReading } from './reading-server.ts';

interface File {
  readonly '@_dmFileDescr': string;
  readonly '@_dmMimeType': string;
  readonly dmEncodedContent: string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => name === 'dmFile',
});

serveReading(settings() as ReadingSettings, async (socket, body) => {
  const answer = parser.parse(await body.text()).Envelope.Body.MessageDownloadResponse;
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
});
