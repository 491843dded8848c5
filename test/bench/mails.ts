/** Mails to be sent: files of random octets that pass for PDF, in base64 as every mail program writes them. */
import { randomFillSync } from 'node:crypto';

const LINE = 76;
const PIECE = 256 * 1024;

export interface Mail {
  /** Octets of its files. */
  readonly files: number;
  /** The octets after DATA up to the final dot; no two are alike, or the second would not be sent again. */
  octets(): Iterable<Buffer>;
}

export function mailOf(files: readonly number[], from: string, to: string): Mail {
  const parts = files.map((octets, index) => part(octets, index));
  let made = 0;
  return {
    files: files.reduce((sum, octets) => sum + octets, 0),
    *octets() {
      const head = `From: <${from}>\r\nTo: <${to}>\r\nSubject: Výkresy ${process.pid} ${made++}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=hranice\r\n\r\n--hranice\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDobrý den, posílám výkresy.\r\n`;
      yield Buffer.from(head);
      for (const octets of parts)
        for (let at = 0; at < octets.length; at += PIECE) yield octets.subarray(at, at + PIECE);
      yield Buffer.from('--hranice--\r\n.\r\n');
    },
  };
}

function part(octets: number, index: number): Buffer {
  const content = randomFillSync(Buffer.allocUnsafe(octets));
  content.write('%PDF-1.7\n');
  const head = `--hranice\r\nContent-Type: application/pdf; name=vykres${index}.pdf\r\nContent-Disposition: attachment; filename=vykres${index}.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const base64 = content.toString('base64');
  const lines = Buffer.allocUnsafe(base64.length + 2 * Math.ceil(base64.length / LINE));
  let end = 0;
  for (let at = 0; at < base64.length; at += LINE) {
    end += lines.write(base64.slice(at, at + LINE), end, 'latin1');
    end += lines.write('\r\n', end, 'latin1');
  }
  return Buffer.concat([Buffer.from(head), lines]);
}
