import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { demoBoxes, octetsOf, type Sandbox } from '../../src/sandbox/index.ts';
import { call, fileXml, list, listQuery, sandboxAt, valueOf, valuesOf } from './client.ts';
import { ask, bigMessageXml, type LargeFile, megabytes, type Packing, referenceXml, upload } from './large-client.ts';

const PDF: LargeFile = { name: 'velká.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n') };
const LARGE = megabytes(18);
const HOUR = 3_600_000;

const send = (sandbox: Sandbox, inside: string, login = 'pekar1') =>
  ask(sandbox, 'CreateBigMessage', inside, { login });

const attribute = (xml: string, name: string, value: string) => xml.replace(new RegExp(`${name}="[^"]*"`), value);

test.each<Packing>(['parts', '1.2', '1.1'])(
  'an upload in the packing %s is told with both digests',
  async (packing) => {
    await using sandbox = await sandboxAt();
    const { code, text, type } = await upload(sandbox, PDF, packing);
    expect([code, type]).toEqual(['0000', `${packing === '1.1' ? 'text/xml' : 'application/soap+xml'}; charset=utf-8`]);
    // The digests that the official example has for these octets.
    expect(text).toContain(
      'AttHashAlg="SHA-256">14bcd090baf31edba64e9cbd8cdfc15f943344aa72cb3675ad8e91bfcbce03ad</q:dmAttHash1>',
    );
    expect(text).toContain(
      'AttHashAlg="SHA3-256">016f67b144a4d62582bad67d86bee89544f2e702d1c1b6f75d806d623077b8f0</q:dmAttHash2>',
    );
  },
);

test.each<Packing>(['parts', '1.2', '1.1'])('a large file arrives as it went, packed as %s', async (packing) => {
  await using sandbox = await sandboxAt();
  const uploaded = await upload(sandbox, LARGE, packing);
  const { code, text } = await send(sandbox, bigMessageXml(referenceXml(uploaded)));
  expect(code).toBe('0000');
  const message = sandbox.world.message(valueOf(text, 'dmID') ?? '');
  expect(message).toMatchObject({ vodz: true, state: 4, annotation: 'Projektová dokumentace – žlutý dům' });
  const arrived = octetsOf(message.files[0]?.content ?? Buffer.alloc(0));
  expect(arrived.equals(LARGE.content)).toBe(true);
  expect((await list(sandbox, 'urad01')).text).toContain('dmVODZ="true"');
});

test.each<[string, Partial<LargeFile>, string]>([
  ['an extension that is not allowed', { name: 'program.exe', type: 'application/octet-stream' }, '1214'],
  ['a type that no format has', { type: 'text/x-foo' }, '1213'],
  ['content of another format', { content: Buffer.from('prostý text') }, '1214'],
  ['an empty type', { type: '' }, '2035'],
  ['no octets', { content: Buffer.alloc(0) }, '1227'],
  ['a name of 256 characters', { name: `${'ř'.repeat(252)}.pdf` }, '1280'],
  ['more than a hundred megabytes', { content: Buffer.concat([PDF.content, Buffer.alloc(100 * 1024 * 1024)]) }, '1287'],
])('an upload with %s is refused at once', async (_, more, code) => {
  await using sandbox = await sandboxAt();
  expect((await upload(sandbox, { ...PDF, ...more })).code).toBe(code);
  expect(sandbox.spooled()).toBe(0);
});

test('an infected upload is refused at once, wherever the virus sits', async () => {
  await using sandbox = await sandboxAt();
  const { content } = megabytes(1);
  content.write(['EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE'].join(''), 65_536 - 10);
  expect((await upload(sandbox, { name: 'a.txt', type: 'text/plain', content })).code).toBe('1214');
});

test('unused uploads of a box have a quota; used and expired ones do not count', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.uploads.quota = LARGE.content.length + PDF.content.length;
  const large = await upload(sandbox, LARGE);
  expect((await upload(sandbox, PDF)).code).toBe('0000');
  expect((await upload(sandbox, PDF)).code).toBe('1286');
  expect((await upload(sandbox, PDF, 'parts', { login: 'urad01' })).code).toBe('0000');
  expect((await send(sandbox, bigMessageXml(referenceXml(large)))).code).toBe('0000');
  expect((await upload(sandbox, PDF)).code).toBe('0000');
  sandbox.clock.turn(2 * HOUR);
  expect((await upload(sandbox, LARGE)).code).toBe('0000');
});

test('an upload lives for two hours, is good for several messages of its box, and stays in them', async () => {
  await using sandbox = await sandboxAt();
  const file = referenceXml(await upload(sandbox, LARGE));
  sandbox.clock.turn(2 * HOUR - 1);
  expect((await send(sandbox, bigMessageXml(file))).code).toBe('0000');
  const second = await send(sandbox, bigMessageXml(file));
  expect((await send(sandbox, bigMessageXml(file, demoBoxes.company), 'urad01')).code).toBe('1293');
  sandbox.clock.turn(1);
  expect((await send(sandbox, bigMessageXml(file))).code).toBe('1294');
  const [arrived] = sandbox.world.message(valueOf(second.text, 'dmID') ?? '').files;
  expect(octetsOf(arrived?.content ?? Buffer.alloc(0)).equals(LARGE.content)).toBe(true);
});

test('an upload that nobody used is gone after two hours, with its octets', async () => {
  await using sandbox = await sandboxAt();
  const file = referenceXml(await upload(sandbox, LARGE));
  expect(sandbox.spooled()).toBe(1);
  sandbox.clock.turn(2 * HOUR);
  expect((await send(sandbox, bigMessageXml(file))).code).toBe('1294');
  expect(sandbox.spooled()).toBe(0);
});

const DIGEST = 'ab'.repeat(32);

test.each<[string, (reference: string) => string, string]>([
  ['without the kind of file', (xml) => attribute(xml, 'dmFileMetaType', ''), '1291'],
  ['with an unknown kind of file', (xml) => attribute(xml, 'dmFileMetaType', 'dmFileMetaType="body"'), '2033'],
  ['without a number', (xml) => attribute(xml, 'dmAttID', ''), '1292'],
  ['to a number that does not exist', (xml) => attribute(xml, 'dmAttID', 'dmAttID="1"'), '1294'],
  ['without a digest', (xml) => attribute(xml, 'dmAttHash2', ''), '1288'],
  ['without an algorithm', (xml) => attribute(xml, 'dmAttHash1Alg', ''), '1284'],
  ['with a digest in capitals', (xml) => attribute(xml, 'dmAttHash1', `dmAttHash1="${DIGEST.toUpperCase()}"`), '1289'],
  ['with a digest cut short', (xml) => attribute(xml, 'dmAttHash2', `dmAttHash2="${DIGEST.slice(1)}"`), '1289'],
  ['with an unknown algorithm', (xml) => attribute(xml, 'dmAttHash2Alg', 'dmAttHash2Alg="MD5"'), '1289'],
  ['with the digest of another file', (xml) => attribute(xml, 'dmAttHash1', `dmAttHash1="${DIGEST}"`), '1290'],
  ['with the algorithms changed', (xml) => xml.replace('"SHA-256"', '"SHA3-256"'), '1290'],
  ['with a foreign attribute', (xml) => xml.replace('/>', ' dmMimeType="text/plain"/>'), '2033'],
  ['twice as main file', (xml) => xml + xml, '2033'],
  ['beside no main file', (xml) => attribute(xml, 'dmFileMetaType', 'dmFileMetaType="enclosure"'), '2033'],
  ['behind an inline file', (xml) => fileXml({ name: 'a.txt', meta: 'enclosure' }, 1) + xml, '2003'],
])('a reference %s is refused', async (_, change, code) => {
  await using sandbox = await sandboxAt();
  const reference = referenceXml(await upload(sandbox, LARGE));
  expect((await send(sandbox, bigMessageXml(change(reference)))).code).toBe(code);
  expect((await send(sandbox, bigMessageXml(reference))).code).toBe('0000');
});

test('a message without files, without uploaded files, and with too many', async () => {
  await using sandbox = await sandboxAt();
  const reference = referenceXml(await upload(sandbox, LARGE), 'enclosure');
  expect((await send(sandbox, bigMessageXml(''))).code).toBe('2032');
  expect((await send(sandbox, bigMessageXml(fileXml({ name: 'a.txt' }, 0)))).code).toBe('2003');
  expect((await send(sandbox, bigMessageXml(reference.repeat(101)))).code).toBe('1253');
});

test('inline files travel behind the uploaded ones, the main one too; beyond twenty megabytes they are refused', async () => {
  await using sandbox = await sandboxAt();
  const reference = referenceXml(await upload(sandbox, LARGE), 'enclosure');
  const inline = (octets: number) =>
    reference + fileXml({ name: 'průvodní dopis.txt', content: Buffer.alloc(octets, 'a') }, 0);
  expect((await send(sandbox, bigMessageXml(inline(20 * 1024 * 1024 + 1)))).code).toBe('1295');
  const { code, text } = await send(sandbox, bigMessageXml(inline(20 * 1024 * 1024)));
  expect(code).toBe('0000');
  const { files } = sandbox.world.message(valueOf(text, 'dmID') ?? '');
  expect(files.map(({ name, metaType, content }) => [name, metaType, content.length])).toEqual([
    ['spis.txt', 'enclosure', 18 * 1024 * 1024],
    ['průvodní dopis.txt', 'main', 20 * 1024 * 1024],
  ]);
});

test('eighteen megabytes are the least, a hundred the most', async () => {
  await using sandbox = await sandboxAt();
  const small = referenceXml(await upload(sandbox, PDF));
  const main = referenceXml(await upload(sandbox, LARGE));
  const more = referenceXml(await upload(sandbox, LARGE), 'enclosure');
  expect((await send(sandbox, bigMessageXml(small))).code).toBe('1297');
  expect((await send(sandbox, bigMessageXml(main))).code).toBe('0000');
  expect((await send(sandbox, bigMessageXml(main + more.repeat(4)))).code).toBe('0000');
  expect((await send(sandbox, bigMessageXml(main + more.repeat(5)))).code).toBe('1296');
});

test.each([
  ['the own box', demoBoxes.company, '', '1216'],
  ['a closed box', demoBoxes.closed, '', '1204'],
  ['a box that does not exist', 'aydaadk', '', '1202'],
  ['a person who takes no commercial messages', demoBoxes.refusesPdz, '', '1232'],
  [
    'an office, publishing nothing and everything',
    demoBoxes.office,
    '<dmPublishOwnID IdLevel="1">false</dmPublishOwnID>',
    '1179',
  ],
])('to %s: rules of all messages hold', async (_, to, more, code) => {
  await using sandbox = await sandboxAt();
  const reference = referenceXml(await upload(sandbox, LARGE));
  expect((await send(sandbox, bigMessageXml(reference, to, more))).code).toBe(code);
});

test('a large commercial message costs three times as much, and only when it was accepted', async () => {
  await using sandbox = await sandboxAt();
  const file = referenceXml(await upload(sandbox, LARGE));
  const { code, text } = await send(sandbox, bigMessageXml(file, demoBoxes.builder));
  expect([code, sandbox.world.message(valueOf(text, 'dmID') ?? '').type]).toEqual(['0000', 'E']);
  expect(sandbox.world.box(demoBoxes.company).pdzCredit).toBe(2_000);
  expect((await send(sandbox, bigMessageXml(file, demoBoxes.builder))).code).toBe('1205');
  const may = (type: string) =>
    call(sandbox, 'PDZSendInfo', `<dbId>${demoBoxes.builder}</dbId><PDZType>${type}</PDZType>`);
  expect(valueOf((await may('Normal')).text, 'PDZsiResult')).toBe('true');
  expect(valueOf((await may('VoDZ')).text, 'PDZsiResult')).toBe('false');
});

test('a prepaid reply may be large', async () => {
  await using sandbox = await sandboxAt();
  await list(sandbox);
  const reference = '<dmRecipientRefNumber>NAB-77/2026</dmRecipientRefNumber>';
  const file = referenceXml(await upload(sandbox, LARGE));
  const { code, text } = await send(sandbox, bigMessageXml(file, demoBoxes.builder, reference, 'O'));
  expect([code, sandbox.world.message(valueOf(text, 'dmID') ?? '').type]).toEqual(['0000', 'O']);
  expect(sandbox.world.box(demoBoxes.company).pdzCredit).toBe(5_000);
});

test('sending needs the right, and an accessible own box', async () => {
  await using sandbox = await sandboxAt();
  expect((await upload(sandbox, PDF, 'parts', { login: 'pekar3' })).code).toBe('1206');
  expect((await send(sandbox, bigMessageXml('<dmExtFile/>'), 'pekar3')).code).toBe('1206');
  sandbox.world.box(demoBoxes.company).state = 2;
  expect((await send(sandbox, bigMessageXml('<dmExtFile/>'))).code).toBe('1201');
});

test('what was sent is in the list of sent messages, with a size that does not need the content', async () => {
  await using sandbox = await sandboxAt();
  await send(sandbox, bigMessageXml(referenceXml(await upload(sandbox, LARGE))));
  const { text } = await call(sandbox, 'GetListOfSentMessages', listQuery({ unit: 'dmSenderOrgUnitNum' }));
  expect(text).toContain('dmVODZ="true"');
  expect(Number(valuesOf(text, 'dmAttachmentSize')[0])).toBe(24 * 1024);
});

test('an octet of the file that came is an octet of the file that is kept', async () => {
  await using sandbox = await sandboxAt();
  const odd = Buffer.concat([LARGE.content, Buffer.from('konec')]);
  const { text } = await upload(sandbox, { ...LARGE, content: odd }, '1.2');
  expect(valueOf(text, 'dmAttHash1')).toBe(createHash('sha256').update(odd).digest('hex'));
});
