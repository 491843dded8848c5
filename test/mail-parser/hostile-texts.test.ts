/** Texts and names made to stop the gateway: each would take minutes or hours if its time grew with the square of its length. */
import { expect, onTestFinished, test } from 'vitest';
import { cleanFileName } from '../../src/attachments/index.ts';
import { forwardedName } from '../../src/mail-parser/embedded/forwarded-text.ts';
import { decompressRtf } from '../../src/mail-parser/embedded/tnef/compressed-rtf.ts';
import { unwrapFlowed } from '../../src/mail-parser/text/flowed-text.ts';
import { ProcessorBudget } from '../../src/mail-parser/text/processor-budget.ts';
import { htmlToPlainText } from '../../src/mail-parser/text/html-thread.ts';
import { mailContents } from '../../src/mail-parser/mail-contents.ts';
import { PicturePlaces } from '../../src/mail-parser/text/picture-places.ts';
import { startReading } from '../../src/mail-parser/reading.ts';
import { receiveParts } from '../../src/mail-parser/received-parts.ts';
import { Spool } from '../../src/spool/spool.ts';
import { DATA, DIGESTS, marked, SIGNED, SIGNERS, VERSION } from './cms-writer.ts';
import { html, letter, multipart, part, plain, read, spoolDirectory, streamOf } from './samples.ts';
import { binary, messageProperties, packed, stream, uint32, unicode } from './tnef-writer.ts';
import { unreadable, winmail, withText } from './winmail-mails.ts';
import { htmlThreads } from '../support/threads.ts';

test.each(['[cid:', '[image: ', '[cid:a]', '[cid: \n'])('attack: %j a hundred thousand times', async (piece) => {
  const text = `dopis ${piece.repeat(100_000)}`;
  const draft = await read(letter(multipart('alternative', plain(text), html('<p>jinak</p>'))));
  expect(draft.text?.startsWith('dopis')).toBe(true);
});

test('attack: a file name of a million dots', () => {
  expect(cleanFileName(`a${'.'.repeat(1_000_000)}x`)).toHaveLength(1_000_002);
  expect(cleanFileName(`smlouva.pdf${'. '.repeat(500_000)}`)).toBe('smlouva.pdf');
});

test('attack: a subject of a million wide blanks', () => {
  expect(forwardedName(`${'\u2003'.repeat(1_000_000)}x`, 'txt')).toMatch(/^e-mail .*\.txt$/);
  expect(forwardedName('Smlouva 1 / 2', 'txt')).toBe('e-mail Smlouva 1-2.txt');
});

test('attack: a paragraph that flows over a million lines', () => {
  expect(unwrapFlowed('ab \n'.repeat(1_000_000), true)).toHaveLength(2_000_000);
  expect(unwrapFlowed('ab \n'.repeat(1_000_000), false)).toHaveLength(3_000_000);
});

test('attack: a text in winmail.dat that nearly stands in the text of the mail', async () => {
  const said = 'a'.repeat(900_000);
  const sought = `${'a'.repeat(50)}b${'a'.repeat(400_000)}`;
  const file = winmail(stream(messageProperties(unicode(0x1000, sought))));
  const { text } = await read(letter(multipart('mixed', plain(said), file)));
  expect(text).toHaveLength(said.length + sought.length + 2);
});

const effortOf = (processorBudget: ProcessorBudget) => ({
  account: 'ab12345',
  signal: new AbortController().signal,
  processorBudget,
  htmlThreads,
});
const tooIntricate = {
  reason: 'mail-unreadable',
  facts: { problem: { cs: expect.stringContaining('příliš složité'), en: expect.stringContaining('too intricate') } },
};

test('attack: hundreds of bodies that each take the converter long: when processorBudget is over, the mail is refused', async () => {
  const places = new PicturePlaces([]);
  const processorBudget = new ProcessorBudget(60_000);
  const table = '<table><tr><td>a</td><td>b</td></tr></table>';
  expect(await htmlToPlainText(table, places, effortOf(processorBudget))).toBe('a   b');
  expect(processorBudget.leftMs).toBeLessThan(60_000);
  processorBudget.spend(60_000);
  await expect(htmlToPlainText(table, places, effortOf(processorBudget))).rejects.toMatchObject(tooIntricate);
});

test('one mail has one processorBudget for all its bodies, those inside winmail.dat included', async () => {
  const spool = new Spool(spoolDirectory());
  onTestFinished(() => spool.dispose());
  const reading = startReading(spool, { signal: new AbortController().signal, htmlThreads, account: 'ab12345' });
  const inside = winmail(stream(messageProperties(binary(0x1013, Buffer.from('<p>uvnit&#345;</p>')))));
  const mail = Buffer.from(letter(multipart('mixed', plain('viz'), inside)));
  const contents = async (processorBudget: ProcessorBudget) =>
    mailContents(await receiveParts(streamOf([mail]), reading), { ...reading, processorBudget });
  expect((await contents(new ProcessorBudget())).text).toBe('viz\n\nuvnitř');
  await expect(contents(new ProcessorBudget(0))).rejects.toMatchObject({ reason: 'winmail-unreadable' });
});

test('attack: a file name that ends in a hundred thousand dots, in a mail: only the beginning of the field is read', async () => {
  const name = `smlouva${'.'.repeat(100_000)}x`;
  const file = part(['Content-Type: application/pdf', `Content-Disposition: attachment; filename="${name}"`], '%PDF');
  expect((await read(letter(file))).files[0]?.name).toBe('smlouva.pdf');
});

test('attack: a plain text of a million lines; HTML may be longer, for pictures stand in it', async () => {
  await expect(read(letter(plain('\n'.repeat(1_100_000))))).rejects.toMatchObject({ reason: 'mail-unreadable' });
  expect((await read(letter(html(`<p>text</p><!--${'x'.repeat(2_000_000)}-->`)))).text).toBe('text');
});

const letters = (count: number): string => {
  const inside = marked(0x30, DATA, marked(0xa0, marked(0x24, Buffer.alloc(3 * count, Buffer.of(4, 1, 0x41)))));
  const shell = marked(0x30, SIGNED, marked(0xa0, marked(0x30, VERSION, DIGESTS, inside, SIGNERS)));
  const headers = ['Content-Type: application/pkcs7-mime; smime-type=signed-data', 'Content-Transfer-Encoding: base64'];
  return letter(part(headers, shell.toString('base64').replace(/.{76}/g, '$&\r\n')));
};

test('attack: a signature of millions of elements is refused, and stops nobody else meanwhile', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const problem = { en: expect.stringContaining('too many parts') };
  await expect(read(letters(1_000_000))).rejects.toMatchObject({ reason: 'mail-unreadable', facts: { problem } });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(20);
});

test('attack: a document packed into an eighth of its size is unpacked in steps, between which others may go first', async () => {
  const size = 8_000_000;
  let pauses = 0;
  const budget = {
    countBody: () => undefined,
    pause: async () => {
      pauses++;
    },
  };
  await expect(decompressRtf(packed(size), budget)).rejects.toMatchObject({ reason: 'mail-unreadable' });
  expect(pauses).toBeGreaterThan(100);
  expect(size / pauses).toBeLessThan(100_000);
});

test('attack: winmail.dat with a property of millions of values is refused', async () => {
  const values = Buffer.concat([Buffer.of(0x1e, 0x10, 0x58, 0x3a), uint32(1_600_000), Buffer.alloc(6_400_000)]);
  await expect(read(withText(stream(messageProperties(values))))).rejects.toMatchObject(
    unreadable('příliš mnoho částí'),
  );
});
