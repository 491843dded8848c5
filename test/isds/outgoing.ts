/** Messages and files to send. */
import { createHash } from 'node:crypto';
import type { OutgoingFile, OutgoingMessage } from '../../src/isds/index.ts';

export function file(chunks: readonly Buffer[], changes: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    name: 'Příloha č. 1 "<&>\'.pdf',
    mimeType: 'application/pdf',
    metaType: 'main',
    size: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
    sha256: createHash('sha256').update(Buffer.concat(chunks)).digest('hex'),
    async *open() {
      yield* chunks;
    },
    ...changes,
  };
}

export const TEXT = Buffer.from('Příliš žluťoučký kůň úpěl ďábelské ódy.');

export function message(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { recipientBox: 'urad453', annotation: 'Vyjádření <k> výzvě & "spol."', files: [file([TEXT])], ...changes };
}
