/**
 * The limit of reading: speaks enough POP3 to be asked, hands the octets of ISDS's answer to the client untouched, and does
 * nothing else. An answer is base64 on long lines, so that no line of it begins with a dot.
 *
 * A mail with the signed original holds the files twice, the answer once: then a part of it is handed on a second time, so that
 * the client gets as many octets.
 */
import { once } from 'node:events';
import { settings } from './listening.ts';
import { type ReadingSettings, serveReading } from './reading-server.ts';

export interface CopySettings extends ReadingSettings {
  /** Part of the answer that is handed on a second time. */
  readonly again: number;
}

const { again, ...reading } = settings() as CopySettings;

serveReading(reading, async (socket, answer) => {
  socket.write('+OK 1 octets\r\n');
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (again > 0) socket.write(chunk.subarray(0, again * chunk.length));
    if (!socket.write(chunk)) await once(socket, 'drain');
  }
  socket.write('\r\n.\r\n');
});
