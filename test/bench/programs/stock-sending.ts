/**
 * The stock chain of sending: smtp-server takes the mail, mailparser streams its attachments to files, undici uploads them:
 * inside of one XML request as base64, or one after the other as they are.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { Agent, request } from 'undici';
import type { SendingSettings } from './copy-sending.ts';
import { portOf, ready, settings, tlsMaterial } from './listening.ts';

export interface StockSendingSettings extends SendingSettings {
  readonly directory: string;
  readonly form: 'base64' | 'raw';
}

const { upstream, directory, form, ...files } = settings() as StockSendingSettings;
const tls = tlsMaterial(files);
const agent = new Agent({ allowH2: false, connect: { ca: tls.cert } });
/** A multiple of three, so that base64 needs no remainder. */
const BLOCK = 3 * 64 * 1024;
let spooled = 0;

const server = new SMTPServer({
  ...tls,
  secure: true,
  disabledCommands: [],
  authOptional: true,
  logger: false,
  disableReverseLookup: true,
  onAuth: (_, __, answer) => answer(null, { user: 'bench' }),
  onData: (stream, _, answer) => {
    send(stream).then(
      () => answer(null, 'done'),
      (error: Error) => answer(error),
    );
  },
});
server.listen(0, '127.0.0.1', () => ready(portOf(server.server)));

async function send(stream: Readable): Promise<void> {
  const parser = new MailParser();
  const paths: string[] = [];
  stream.pipe(parser);
  for await (const part of parser) {
    if (part.type !== 'attachment') continue;
    const path = join(directory, `stock-${spooled++}`);
    paths.push(path);
    await pipeline(part.content, createWriteStream(path));
    part.release();
  }
  if (form === 'base64') await upload(Readable.from(inXml(paths)));
  else for (const path of paths) await upload(createReadStream(path, { highWaterMark: BLOCK }));
  for (const path of paths) await rm(path);
}

async function* inXml(paths: readonly string[]): AsyncGenerator<string> {
  yield '<CreateMessage>';
  for (const path of paths) {
    yield '<dmEncodedContent>';
    for await (const block of createReadStream(path, { highWaterMark: BLOCK }))
      yield (block as Buffer).toString('base64');
    yield '</dmEncodedContent>';
  }
  yield '</CreateMessage>';
}

async function upload(body: Readable): Promise<void> {
  const reply = await request(`https://127.0.0.1:${upstream}/DS/dz`, { method: 'POST', dispatcher: agent, body });
  await reply.body.dump();
}
