/** What an account floods with: below the head of a mail, contents whose reading takes long. */
import { crc32 } from 'node:zlib';

const MEGABYTE = 1_000_000;
const LINE = `${'x'.repeat(74)}\r\n`;

export type FloodKind =
  | 'HTML'
  | 'PDF'
  | 'files'
  | 'embedded pictures'
  | 'a signature of letters'
  | 'winmail.dat of properties'
  | 'winmail.dat of packed text';

export const floodContents: Readonly<Record<FloodKind, string>> = {
  HTML: typed('text/html', `<p>${'odstavec <b>textu</b><br>\r\n'.repeat(40_000)}</p>\r\n`),
  PDF: typed('text/plain; charset=utf-8', 'řádek textu, který se kreslí\r\n'.repeat(30_000)),
  files: typed('application/pdf', `%PDF-1.7\r\n${LINE.repeat((18 * MEGABYTE) / LINE.length)}`),
  'embedded pictures': typed('text/html', 'data:image/a;a=\r\n'.repeat(100_000)),
  'a signature of letters': encoded('application/pkcs7-mime; smime-type=signed-data', letters(2 * MEGABYTE)),
  'winmail.dat of properties': encoded('application/ms-tnef', manyProperties(60)),
  'winmail.dat of packed text': encoded('application/ms-tnef', packedText(7 * MEGABYTE)),
};

export function typed(type: string, body: string): string {
  return `Content-Type: ${type}\r\n\r\n${body}`;
}

function encoded(type: string, octets: Buffer): string {
  const base64 = octets.toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Transfer-Encoding: base64\r\n${typed(type, `${base64}\r\n`)}`;
}

/** CMS around a mail whose octets are strings of their own. */
function letters(count: number): Buffer {
  const head = '308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a0802480';
  return Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(3 * count, Buffer.of(4, 1, 0x41))]);
}

/** Lists of as many properties as one may have, each a number. */
function manyProperties(lists: number): Buffer {
  const all = Buffer.concat([numberOf(10_000), Buffer.alloc(80_000, Buffer.of(3, 0, 0x34, 0x12, 1, 0, 0, 0))]);
  return tnef(Array.from({ length: lists }, () => all));
}

/**
 * A text in RTF of which every two octets stand for seventeen, and which is longer than it says. Packed and unpacked it has to
 * stay below the eight megabytes of all bodies, or it is refused before it is unpacked.
 */
function packedText(octets: number): Buffer {
  const runs = Math.ceil(octets / (8 * 17)) + 1;
  const content = Buffer.alloc(17 * runs, Buffer.concat([Buffer.of(0xff), Buffer.alloc(16, Buffer.of(0, 0x0f))]));
  // A reference to the place where the next octet would be written ends the text: that one refers to its neighbour.
  for (let run = 0, write = 207; run < 8 * runs; run++, write = (write + 17) % 4096)
    if (write === 0) content[1 + 17 * Math.floor(run / 8) + 2 * (run % 8) + 1] = 0x1f;
  const checksum = ~crc32(content, 0xffffffff) >>> 0;
  const rtf = Buffer.concat([
    ...[content.length + 12, octets, 0x75465a4c, checksum].map(numberOf),
    content,
    Buffer.alloc((4 - (content.length % 4)) % 4),
  ]);
  const head = [1, 0x10090102, 1, 16 + content.length].map(numberOf);
  return tnef([Buffer.concat([...head, rtf])]);
}

/** MS-OXTNEF: the signature and a key, then lists of properties with their checksums. */
function tnef(lists: readonly Buffer[]): Buffer {
  const attributes = lists.flatMap((list) => {
    const sum = list.reduce((total, octet) => (total + octet) & 0xffff, 0);
    return [Buffer.of(1), numberOf(0x00069003), numberOf(list.length), list, numberOf(sum).subarray(0, 2)];
  });
  return Buffer.concat([numberOf(0x223e9f78), Buffer.of(1, 0), ...attributes]);
}

function numberOf(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}
