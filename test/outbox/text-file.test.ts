/** What becomes of the text of a mail and of the pictures it shows. */
import { PICTURE_PLACE } from '../../src/core/index.ts';
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type Draft, type DraftPicture } from '../../src/mail-parser/index.ts';
import { Spool } from '../../src/spool/index.ts';
import { textFile, type TextSettings } from '../../src/outbox/text-file.ts';
import { isShowable } from '../../src/pdf/index.ts';
import { chunk, jpeg, png } from '../pdf/pictures.ts';
import { expectImages, expectWords } from '../pdf/poppler.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { draftOf, identityOf, newIsds, newOutbox, office, sendTo } from './fakes.ts';
import { pdfThreads } from '../support/threads.ts';

const settings: TextSettings = { body: 'pdf', quotedText: 'keep', signature: 'keep' };

function pictureOf(name: string, octets: Buffer): DraftPicture {
  return {
    name,
    declaredType: 'image/png',
    size: octets.length,
    sha256: createHash('sha256').update(octets).digest('hex'),
    async *open() {
      yield octets;
    },
    read: async (position, length) => octets.subarray(position, position + length),
    shownWidth: undefined,
  };
}

/** Files with their octets. */
async function made(draft: Partial<Draft>, changes: Partial<TextSettings> = {}) {
  const spool = new Spool(temporaryFolder());
  onTestFinished(() => spool.dispose());
  const { files, unsent } = await textFile(
    draftOf(draft),
    { ...settings, ...changes },
    { spool, account: 'ab12345', pdfThreads },
  );
  const contents = new Map<string, Buffer>();
  for (const file of files) {
    const content = Buffer.concat(await Array.fromAsync(file.open()));
    expect(content).toHaveLength(file.size);
    contents.set(file.name, content);
  }
  return { names: [...contents.keys()], contents, unsent };
}

const logo = pictureOf('logo.png', png(30, 20));
const photo = pictureOf('fotografie.jpg', jpeg);
const scan = pictureOf('sken.gif', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(60_000)]));
const icon = pictureOf('ikona.webp', Buffer.from('RIFF\x24\0\0\0WEBPVP8 '));
const text = `Dobrý den, ${PICTURE_PLACE}\nviz ${PICTURE_PLACE} a ${PICTURE_PLACE} ${PICTURE_PLACE}`;

test('a PDF shows what it can; what it cannot travels as a file when it is large, and is named when it is small', async () => {
  const { names, contents, unsent } = await made({ text, pictures: [scan, logo, icon, photo] });
  expect(names).toEqual(['sken.gif', 'textová zpráva.pdf']);
  expect(unsent).toEqual({ files: ['ikona.webp'], parts: [] });
  const pdf = contents.get('textová zpráva.pdf')!;
  expectWords(pdf, 'Dobrý den, viz a 1/1');
  expectImages(pdf, [
    { width: 30, height: 20 },
    { width: 24, height: 16 },
  ]);
});

test('a picture that is found unusable only when it is drawn is treated like one of a foreign format', async () => {
  // Whole by its own sums; but pdfkit reads notes, and not ones of this length.
  const notes = chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), Buffer.alloc(500_000, 'a')]));
  const hidden = pictureOf('poznámky.png', png(2, 2, { extra: [notes] }));
  expect(await isShowable(hidden)).toBe(true);
  const { names, contents } = await made({ text, pictures: [logo, hidden, photo, photo] });
  expect(names).toEqual(['poznámky.png', 'textová zpráva.pdf']);
  expectImages(contents.get('textová zpráva.pdf')!, [{ width: 30 }, { width: 24 }, { width: 24 }]);
});

test('a txt has CRLF line ends and no pictures', async () => {
  const { names, contents, unsent } = await made({ text, pictures: [scan, logo, icon, photo] }, { body: 'txt' });
  expect(names).toEqual(['sken.gif', 'textová zpráva.txt']);
  expect(contents.get('textová zpráva.txt')!.toString()).toBe('Dobrý den, \r\nviz  a  ');
  expect(unsent).toEqual({ files: ['logo.png', 'ikona.webp', 'fotografie.jpg'], parts: [] });
});

test('omit sends no text, and says so', async () => {
  const { names, unsent } = await made({ text, pictures: [scan, logo, icon, photo] }, { body: 'omit' });
  expect(names).toEqual(['sken.gif']);
  expect(unsent).toEqual({ files: ['logo.png', 'ikona.webp', 'fotografie.jpg'], parts: ['text'] });
  expect(await made({ text: undefined }, { body: 'omit' })).toMatchObject({ names: [], unsent: { parts: [] } });
});

test.each(['pdf', 'txt'] as const)('nothing written makes no file (%s)', async (body) => {
  expect((await made({ text: undefined }, { body })).names).toEqual([]);
  expect((await made({ text: ' \n' }, { body })).names).toEqual([]);
  expect((await made({ text: PICTURE_PLACE, pictures: [icon] }, { body })).names).toEqual([]);
});

test('what is quoted or signed is left out and named, when it is to be', async () => {
  const reply = 'Souhlasím.\n-- \nJan\n> Dobrý den';
  const { contents, unsent } = await made({ text: reply }, { body: 'txt', quotedText: 'remove', signature: 'remove' });
  expect(contents.get('textová zpráva.txt')!.toString()).toBe('Souhlasím.');
  expect(unsent.parts).toEqual(['quoted-text', 'signature']);
});

test('two composings of one mail give the same octets', async () => {
  const draft = { text, pictures: [scan, logo, icon, photo], date: new Date('2026-11-28T10:00:00Z') };
  const [first, second] = [await made(draft), await made(draft)];
  expect(first.contents).toEqual(second.contents);
});

test('a text of too many pages is refused', async () => {
  await expect(made({ text: '\n'.repeat(1_000_000).concat('a') })).rejects.toMatchObject({ reason: 'text-too-long' });
});

test('without text and file the reason is told', async () => {
  const outbox = newOutbox(undefined, undefined, { text: { ...settings, body: 'omit' } });
  const identity = identityOf(newIsds());
  const bare = draftOf({ files: [] });
  await expect(sendTo(outbox, identity, office, bare, 's')).rejects.toMatchObject({
    reason: 'text-not-passed-on',
  });
  const empty = draftOf({ files: [], text: undefined });
  await expect(sendTo(outbox, identity, office, empty, 's')).rejects.toMatchObject({ reason: 'mail-empty' });
});

test('the same words with another picture are another message', async () => {
  const isds = newIsds();
  const outbox = newOutbox(undefined, undefined, { text: settings, maxTotalOctets: 1_000_000 });
  const send = (picture: DraftPicture) =>
    sendTo(outbox, identityOf(isds), office, draftOf({ text: `viz ${PICTURE_PLACE}`, pictures: [picture] }), 's');
  expect([await send(logo), await send(photo), await send(logo)]).toMatchObject([
    { dmID: '1001', repeated: false },
    { dmID: '1002', repeated: false },
    { dmID: '1001', repeated: true },
  ]);
});
