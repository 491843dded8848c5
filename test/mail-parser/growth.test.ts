/** Mails made to stop the gateway: doubled, each takes twice as long and not four times. */
import { expect, test } from 'vitest';
import { growthOf, isLinear, type Shape } from '../growth.ts';
import { element, marked, DATA, SIGNED, SIGNERS, VERSION } from './cms-writer.ts';
import { Refused } from '../../src/refusals/index.ts';
import { cleanFileName } from '../../src/attachments/index.ts';
import { plainLine } from '../../src/core/index.ts';
import { takeOutPictures } from '../../src/mail-parser/text/embedded-pictures.ts';
import { guessText } from '../../src/mail-parser/text/charset.ts';
import { takeOutUuencoded } from '../../src/mail-parser/text/uuencoded.ts';
import { wordsOfMarkup } from '../../src/mail-parser/text/said-words.ts';
import { HEADERS, html, letter, multipart, part, pdf, plain, read } from './samples.ts';
import {
  attribute,
  binary,
  file,
  list,
  long,
  MESSAGE,
  messageProperties,
  packed,
  stream,
  uint32,
  unicode,
} from './tnef-writer.ts';
import { alone, PDF, withText } from './winmail-mails.ts';

/** Pieces as a network brings them. */
const PIECE = 64 * 1024;

const octets = (mail: string | Buffer): Buffer => Buffer.from(mail);

function* cut(whole: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < whole.length; at += length) yield whole.subarray(at, at + length);
}

/** Read or refused, it has been looked at, and its place in the spool is free for the next one. */
const look = (mail: string | Buffer, length = PIECE) =>
  read(cut(octets(mail), length)).then(
    (draft) => draft.dispose(),
    (error: unknown) => {
      if (error instanceof Refused && error.reason === 'account-busy') throw error;
    },
  );

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

const field = (text: string): string => letter(plain('dopis'), [...HEADERS, text]);
const typed = (type: string, body = 'dopis'): string => letter(part([`Content-Type: ${type}`], body));
const encoded = (encoding: string, body: string): string =>
  letter(part(['Content-Type: application/pdf', `Content-Transfer-Encoding: ${encoding}`], body));
/** Beside a plain text, so that no thread makes it one. */
const markup = (body: string): string => letter(multipart('alternative', plain('dopis'), html(body)));

const signed = (content: Buffer): string => {
  const inside = marked(0x30, DATA, marked(0xa0, content));
  const shell = marked(0x30, SIGNED, marked(0xa0, marked(0x30, VERSION, marked(0x31), inside, SIGNERS)));
  const body = shell.toString('base64').replace(/.{76}/g, '$&\r\n');
  const headers = ['Content-Type: application/pkcs7-mime; smime-type=signed-data', 'Content-Transfer-Encoding: base64'];
  return letter(part(headers, body));
};

const shape = (name: string, run: Shape['run'], first: number, last: number): Shape => ({
  name,
  run,
  sizes: [first, last],
});

const shapes: readonly Shape[] = [
  shape('addresses of pictures that are none', (n) => look(markup('data:image/a;a='.repeat(n))), 500, 400_000),
  shape(
    'addresses of pictures in a forwarded mail',
    (n) => {
      const inside = part(['Content-Type: message/rfc822'], markup('data:image/a;a='.repeat(n)));
      return look(letter(multipart('mixed', plain('viz'), inside)));
    },
    500,
    400_000,
  ),
  shape('beginnings of addresses', (n) => takeOutPictures('data:image/'.repeat(n), () => 1), 10_000, 2_000_000),
  shape('ends of addresses', (n) => takeOutPictures(';base64,'.repeat(n), () => 1), 10_000, 2_000_000),
  shape(
    'a picture in a million lines',
    (n) => takeOutPictures(`data:image/a;base64,${'\nA'.repeat(n)}`, () => 1),
    10_000,
    4_000_000,
  ),
  shape('references to pictures', (n) => look(markup('cid:a '.repeat(n))), 5_000, 1_000_000),
  shape('markup of carriage returns', (n) => look(markup('\r'.repeat(n))), 50_000, 8_000_000),
  shape(
    'lines that nearly delimit',
    (n) => look(letter(multipart('mixed', plain(`--${' '.repeat(n)}x\r\n`.repeat(200))))),
    60,
    990,
  ),
  shape('a boundary of blanks', (n) => look(typed(`multipart/mixed; boundary="a${' '.repeat(n)}x"`)), 500, 16_000),
  shape('a head of short lines, octet by octet', (n) => look(field('a:\r\n b'.repeat(n)), 1), 500, 20_000),
  shape('a head of one line, octet by octet', (n) => look(field(`a:${'b'.repeat(n)}`), 1), 2_000, 128_000),
  shape('fields', (n) => look(letter(plain('dopis'), [...HEADERS, ...many(n, (i) => `x${i}:a`)])), 1_000, 16_000),
  shape('parameters', (n) => look(typed(`text/plain; ${many(n, (i) => `a${i}*=`).join(';')}`)), 200, 3_200),
  shape('continued parameters', (n) => look(typed(`text/plain; ${many(n, (i) => `n*${i}=a`).join(';')}`)), 200, 3_200),
  shape('encoded words', (n) => look(field(`Subject: ${'=?utf-8?q?a?= '.repeat(n)}`)), 100, 1_600),
  shape('encoded words without end', (n) => look(field(`Subject: ${'=?utf-8?q?'.repeat(n)}`)), 100, 1_600),
  shape('addresses', (n) => look(letter(plain('dopis'), [`From: ${'a <a@b>,'.repeat(n)}`])), 100, 2_000),
  shape('groups of addresses', (n) => look(letter(plain('dopis'), [`From: ${'a:b;'.repeat(n)}`])), 100, 4_000),
  shape('references', (n) => look(field(`References: ${'<a@'.repeat(n)}`)), 500, 5_000),
  shape('comments in a date', (n) => look(field(`Date: ${'(a) '.repeat(n)}`)), 500, 4_000),
  shape('marks on one letter', (n) => plainLine(`a${'\u0301\u0323'.repeat(n)}`), 1_000, 1_000_000),
  shape('a file name of dots', (n) => cleanFileName(`a${'. '.repeat(n)}x`), 10_000, 2_000_000),
  shape('flowed quotes', (n) => look(typed('text/plain; format=flowed', '>>> a \n> b \n'.repeat(n))), 1_000, 80_000),
  shape('empty lines', (n) => look(letter(plain('\n'.repeat(n)))), 10_000, 1_000_000),
  shape('marks of pictures', (n) => look(letter(plain('[cid:a'.repeat(n)))), 5_000, 170_000),
  shape('a text of Czech DOS', (n) => look(typed('text/plain; charset=ibm852', 'ž'.repeat(n))), 10_000, 500_000),
  shape('parts', (n) => look(letter(multipart('mixed', ...many(n, (i) => pdf(`${i}.pdf`))))), 20, 480),
  shape('alternatives', (n) => look(letter(multipart('alternative', ...many(n, () => plain(''))))), 20, 480),
  shape('base64 of padding', (n) => look(encoded('base64', 'A='.repeat(n))), 20_000, 2_000_000),
  shape('base64 of short lines', (n) => look(encoded('base64', 'A\n'.repeat(n))), 20_000, 4_000_000),
  shape(
    'quoted-printable of equals signs',
    (n) => look(encoded('quoted-printable', '= '.repeat(n))),
    20_000,
    4_000_000,
  ),
  shape('quoted-printable of blanks', (n) => look(encoded('quoted-printable', ' '.repeat(n))), 50_000, 8_000_000),
  shape(
    'a signature around empty strings',
    (n) => look(signed(marked(0x24, Buffer.alloc(2 * n, Buffer.of(4, 0))))),
    5_000,
    600_000,
  ),
  shape(
    'a signature around letters',
    (n) => look(signed(marked(0x24, Buffer.alloc(3 * n, Buffer.of(4, 1, 65))))),
    5_000,
    120_000,
  ),
  shape(
    'a signature of nested strings',
    (n) => look(signed(marked(0x24, Buffer.alloc(4 * n, Buffer.of(0x24, 0x80, 0, 0))))),
    5_000,
    300_000,
  ),
  shape(
    'a signature inside many',
    (n) => {
      let content = octets(letter(plain('x'.repeat(n))));
      for (let depth = 0; depth < 5; depth++) content = octets(signed(element(4, content)));
      return look(content);
    },
    10_000,
    500_000,
  ),
  shape(
    'properties of winmail.dat',
    (n) => look(withText(stream(messageProperties(...many(n, () => long(0x1234, 1)))))),
    500,
    10_000,
  ),
  shape(
    'values of winmail.dat',
    (n) => {
      const values = Buffer.concat([Buffer.of(0x1e, 0x10, 0x58, 0x3a), uint32(n), Buffer.alloc(4 * n)]);
      return look(withText(stream(messageProperties(values))));
    },
    10_000,
    1_000_000,
  ),
  shape(
    'attributes of winmail.dat',
    (n) => look(withText(stream(...many(n, () => attribute(MESSAGE, 0x00069003, list()))))),
    500,
    19_000,
  ),
  shape(
    'a packed document in winmail.dat',
    (n) => look(alone(stream(messageProperties(binary(0x1009, packed(n)))))),
    100_000,
    8_000_000,
  ),
  shape(
    'marks in a name in winmail.dat',
    (n) => look(withText(stream(file('a.pdf', PDF, unicode(0x3707, `a${'\u0301\u0323'.repeat(n)}`))))),
    500,
    15_000,
  ),
  ...['<', '<!--', '<style ', 'a\u00ad ', 'ab '].map((piece) =>
    shape(
      `markup beside a plain form, looked through for words: ${piece}`,
      (n) => void wordsOfMarkup(piece.repeat(n)),
      20_000,
      1_000_000,
    ),
  ),
  shape('octets that are no UTF-8', (n) => void guessText(Buffer.alloc(n, 0xe9)), 50_000, 8_000_000),
  shape(
    'UTF-8 with as many octets that are none, nearly',
    (n) => void guessText(Buffer.concat([Buffer.from('é'.repeat(n)), Buffer.alloc(n - 1, 0xe9)])),
    50_000,
    2_000_000,
  ),
  shape(
    'a file in uuencode without an end',
    (n) => void takeOutUuencoded(`begin 644 a\n${`M${'A'.repeat(60)}\n`.repeat(n)}`.repeat(2)),
    100,
    16_000,
  ),
  shape(
    'beginnings of files in uuencode',
    (n) => void takeOutUuencoded('begin 644 a\n#0V%T\n'.repeat(n)),
    1_000,
    50_000,
  ),
  shape(
    'lines of a head that are no fields',
    (n) => look(`Subject: a\r\n${'bez dvojtecky\r\n'.repeat(n)}`),
    500,
    8_000,
  ),
  shape(
    'a visiting card of properties',
    (n) => {
      const card = part(['Content-Type: text/vcard; name=a.vcf'], `BEGIN:VCARD\r\n${'EMAIL;;;:a\r\n'.repeat(n)}`);
      return look(letter(multipart('mixed', plain('viz'), card)));
    },
    2_000,
    80_000,
  ),
];

test.each(shapes)(
  'attack: $name',
  async (one) => {
    expect(isLinear(await growthOf(one))).toBe(true);
  },
  120_000,
);
