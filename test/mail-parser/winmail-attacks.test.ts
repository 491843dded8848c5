/** winmail.dat made to stop the gateway or to lose a file on the way. */
import { expect, test } from 'vitest';
import { contents, read } from './samples.ts';
import {
  attachedObject,
  attribute,
  binary,
  codePage,
  file,
  IID_MESSAGE,
  MESSAGE,
  messageProperties,
  oddities,
  stream,
  uint32,
  unicode,
} from './tnef-writer.ts';
import { alone, PDF, RTF, unreadable, withText } from './winmail-mails.ts';

const WHOLE = stream(
  codePage(1250),
  messageProperties(...oddities(), unicode(0x1000, 'text')),
  file('a.pdf', PDF, unicode(0x3707, 'dlouhé jméno.pdf')),
);

test('attack: a wrong checksum anywhere', async () => {
  const wounded = Buffer.from(WHOLE);
  wounded[wounded.indexOf('obsah')] = 0x58;
  await expect(read(withText(wounded))).rejects.toMatchObject(unreadable('poškozen'));
});

test('attack: cut off anywhere, a stream is refused or, between two attachments, complete', async () => {
  const boundaries = new Set<number>();
  for (let at = 6; at < WHOLE.length; at += 11 + WHOLE.readUInt32LE(at + 5)) boundaries.add(at);
  for (let end = 0; end < WHOLE.length; end += 7) {
    if (boundaries.has(end)) continue;
    await expect(read(withText(WHOLE.subarray(0, end)))).rejects.toMatchObject({ reason: 'winmail-unreadable' });
  }
});

test('attack: lengths and counts of four gigabytes', async () => {
  const huge = Buffer.concat([WHOLE.subarray(0, 6), Buffer.of(2), uint32(0x0006800f), uint32(0xffffffff)]);
  await expect(read(withText(huge))).rejects.toMatchObject(unreadable('není úplná'));
  const count = attribute(MESSAGE, 0x00069003, uint32(0xffffffff));
  await expect(read(withText(stream(count)))).rejects.toMatchObject(unreadable('poškozen'));
  const values = Buffer.concat([uint32(1), Buffer.from('1e103a58', 'hex').swap16(), uint32(0xffffffff)]);
  await expect(read(withText(stream(attribute(MESSAGE, 0x00069003, values))))).rejects.toMatchObject({
    reason: 'winmail-unreadable',
  });
});

test('attack: RTF that claims four gigabytes', async () => {
  const bomb = Buffer.from(RTF);
  bomb.writeUInt32LE(0xffffffff, 4);
  await expect(read(alone(stream(messageProperties(binary(0x1009, bomb)))))).rejects.toMatchObject(
    unreadable('příliš dlouhý'),
  );
});

const rtf = (octets: Buffer) => read(alone(stream(messageProperties(binary(0x1009, octets)))));

test('attack: RTF cut off, damaged, or longer than it says', async () => {
  await expect(rtf(RTF.subarray(0, -4))).rejects.toMatchObject(unreadable('není úplná'));
  const damaged = Buffer.from(RTF);
  damaged[20] = 0;
  await expect(rtf(damaged)).rejects.toMatchObject(unreadable('poškozen'));
  const longer = Buffer.from(RTF);
  longer.writeUInt32LE(5, 4);
  await expect(rtf(longer)).rejects.toMatchObject(unreadable('poškozen'));
});

test('attack: messages nested without end', async () => {
  let inner = stream(messageProperties(unicode(0x1000, 'dno')));
  for (let level = 0; level < 8; level++) inner = stream(attachedObject(5, IID_MESSAGE, inner));
  await expect(read(withText(inner))).rejects.toMatchObject(unreadable('hluboko'));
});

test('attack: a million attributes', async () => {
  const one = attribute(MESSAGE, 0x00049001, Buffer.alloc(0));
  await expect(read(withText(stream(...Array.from({ length: 25_000 }, () => one))))).rejects.toMatchObject(
    unreadable('poškozen'),
  );
});

test('attack: six hundred files', async () => {
  const one = file('a.pdf', PDF);
  await expect(read(withText(stream(...Array.from({ length: 600 }, () => one))))).rejects.toMatchObject(
    unreadable('příliš mnoho částí'),
  );
});

/** RTF as it is (MS-OXRTFCP §2.1.3.1.2), which says how long it is. */
function plainRtf(content: Buffer, size: number): Buffer {
  return Buffer.concat([uint32(content.length + 12), uint32(size), uint32(0x414c454d), uint32(0), content]);
}

test('RTF that is not compressed', async () => {
  const content = Buffer.from('{\\rtf1 x}');
  expect(await contents(await rtf(plainRtf(content, content.length)))).toEqual([['textová zpráva.rtf', '{\\rtf1 x}']]);
});

test('attack: RTF that is not compressed and shorter than it says', async () => {
  const content = Buffer.from('{\\rtf1 x}');
  await expect(rtf(plainRtf(content, content.length + 1))).rejects.toMatchObject(unreadable('není úplná'));
});

const lineEnds = (count: number) =>
  read(alone(stream(messageProperties(unicode(0x1000, `${'\r'.repeat(count)}konec`)))));

test('attack: a plain text of line ends alone is as long as any plain text may be', async () => {
  await expect(lineEnds(1_100_000)).rejects.toMatchObject(unreadable('příliš dlouhý'));
  expect((await lineEnds(1_000_000)).text).toBe(`${'\n'.repeat(1_000_000)}konec`);
});
