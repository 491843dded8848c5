import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { call, download, letterXml, list, listQuery, type OutgoingFile, sandboxAt, valueOf } from './client.ts';

const sha256 = (octets: Buffer) => createHash('sha256').update(octets).digest('hex');

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

test('what is sent arrives at once and comes out the same', async () => {
  await using sandbox = await sandboxAt();
  const content = randomBytes(200_000);
  const zip = {
    name: 'podklady – žádost.zip',
    type: 'application/zip',
    content: Buffer.concat([Buffer.from('PK'), content]),
  };
  const sent = await call(sandbox, 'CreateMessage', letterXml({ dmAnnotation: 'Žádost &amp; „přílohy“' }, [zip]));
  expect(sent.code).toBe('0000');
  const dmID = valueOf(sent.text, 'dmID') ?? '';
  expect(sandbox.world.message(dmID).state).toBe(4);
  await list(sandbox, 'urad01');
  const { text } = await download(sandbox, dmID, 'urad01');
  expect(sha256(Buffer.from(valueOf(text, 'dmEncodedContent') ?? '', 'base64'))).toBe(sha256(zip.content));
  expect(text).toContain('dmFileDescr="podklady – žádost.zip"');
  expect(valueOf(text, 'dmAnnotation')).toBe('Žádost &amp; „přílohy“');
});

test('every field of the envelope arrives', async () => {
  await using sandbox = await sandboxAt();
  const values = {
    dmToHands: 'Ing. Nováková',
    dmRecipientRefNumber: 'MCHD/1',
    dmSenderRefNumber: 'PEK-1',
    dmRecipientIdent: 'SPIS-77',
    dmSenderIdent: 'Š-1',
    dmLegalTitleLaw: '500',
    dmLegalTitleYear: '2004',
    dmLegalTitleSect: '37',
    dmLegalTitlePar: '3',
    dmLegalTitlePoint: 'a',
    dmPersonalDelivery: 'true',
    dmAllowSubstDelivery: 'false',
  };
  const dmID = valueOf((await call(sandbox, 'CreateMessage', letterXml(values))).text, 'dmID') ?? '';
  await list(sandbox, 'urad01');
  const { text } = await download(sandbox, dmID, 'urad01');
  for (const [name, value] of Object.entries(values)) expect([name, valueOf(text, name)]).toEqual([name, value]);
});

test.each([
  ['a recipient without a valid checksum', { dbIDRecipient: 'urad3k8' }, '2011'],
  ['a recipient in capitals', { dbIDRecipient: 'URAD3K7' }, '2011'],
  ['no recipient', { dbIDRecipient: '' }, '2011'],
  ['a recipient that does not exist', { dbIDRecipient: 'aydaadk' }, '1202'],
  ['a system box', { dbIDRecipient: 'aaaaaaa' }, '1203'],
  ['the own box', { dbIDRecipient: demoBoxes.company }, '1216'],
  ['a closed box', { dbIDRecipient: demoBoxes.closed }, '1204'],
  ['an inaccessible box', { dbIDRecipient: demoBoxes.suspended }, '1204'],
  ['a box not yet activated', { dbIDRecipient: demoBoxes.notActivated }, '1204'],
  ['a person who takes no commercial messages', { dbIDRecipient: demoBoxes.refusesPdz }, '1232'],
  ['a control character', { dmAnnotation: 'zvonek&#7;' }, '1225'],
  ['a code point that does not exist', { dmAnnotation: '&#xFFFE;' }, '1225'],
  ['an annotation of 256 characters', { dmAnnotation: 'ž'.repeat(256) }, '2042'],
  ['a law number that is none', { dmLegalTitleLaw: 'pět set' }, '2042'],
  ['a truth value that is none', { dmPersonalDelivery: 'ano' }, '2018'],
])('%s is refused', async (_, values, code) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'CreateMessage', letterXml(values))).code).toBe(code);
});

const small = (name: string, more: Partial<OutgoingFile> = {}): OutgoingFile => ({ name, ...more });

test.each<[string, OutgoingFile[], string]>([
  ['no file', [], '2032'],
  ['a name without extension', [small('dopis')], '1214'],
  ['a forbidden extension', [small('program.exe', { type: 'application/octet-stream' })], '1214'],
  ['an e-mail', [small('zpráva.eml', { type: 'message/rfc822' })], '1214'],
  ['a type of another extension', [small('dopis.pdf', { content: PDF })], '1214'],
  ['a type that no format has', [small('dopis.txt', { type: 'text/x-foo' })], '1213'],
  ['a picture that is none', [small('foto.png', { type: 'image/png' })], '1214'],
  ['a program under another name', [small('dopis.txt', { content: Buffer.from('MZ\u0090') })], '1214'],
  ['a page with a script', [small('a.html', { type: 'text/html', content: Buffer.from('<p><SCRIPT src=x>') })], '1214'],
  ['an empty file', [small('dopis.txt', { content: '' })], '1227'],
  ['broken base64', [small('dopis.txt', { content: 'RG9i*mV5' })], '1226'],
  ['cut base64', [small('dopis.txt', { content: 'RG9icsO9I' })], '1226'],
  ['a name of 256 characters', [small(`${'ř'.repeat(252)}.txt`)], '1280'],
  ['a hundred and one files', Array.from({ length: 101 }, (_, index) => small(`${index}.txt`)), '1253'],
  [
    'eleven containers',
    Array.from({ length: 11 }, () => small('a.zip', { type: 'application/zip', content: Buffer.from('PK') })),
    '1253',
  ],
  ['no main file', [small('dopis.txt', { meta: 'enclosure' })], '2033'],
  ['two main files', [small('a.txt'), small('b.txt', { meta: 'main' })], '2033'],
  ['an unknown kind of file', [small('a.txt', { meta: 'body' })], '2033'],
])('%s is refused', async (_, files, code) => {
  await using sandbox = await sandboxAt();
  const reply = await call(sandbox, 'CreateMessage', letterXml({}, files));
  expect(reply.code).toBe(code);
});

test.each(['dopis', 'program.exe', 'dopis.pdf'])('the text of a refusal ends with the name %s', async (name) => {
  await using sandbox = await sandboxAt();
  const { code, message } = await call(sandbox, 'CreateMessage', letterXml({}, [small(name)]));
  expect([code, message?.split(':').at(-1)]).toEqual(['1214', name]);
});

test.each([
  ['no type attribute', 'dmMimeType="text/plain" ', '', '2035'],
  ['no name attribute', / dmFileDescr="[^"]*"/, '', '2036'],
  ['an unknown attribute', 'dmMimeType', 'dmNic="" dmMimeType', '2033'],
  ['a prefixed attribute', 'dmMimeType="text/plain"', 'dmMimeType="text/plain" xsi:nil="false"', '2034'],
  ['no content', /<dmEncodedContent>.*<\/dmEncodedContent>/, '', '2010'],
])('a file with %s is refused', async (_, wanted, instead, code) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'CreateMessage', letterXml().replace(wanted, instead))).code).toBe(code);
});

test('an empty type, the bare extension, and a second allowed type pass', async () => {
  await using sandbox = await sandboxAt();
  const files = [
    small('a.txt', { type: '' }),
    small('b.TXT', { type: 'txt' }),
    small('c.xml', { type: 'application/xml' }),
  ];
  expect((await call(sandbox, 'CreateMessage', letterXml({}, files))).code).toBe('0000');
});

test('a reference to an uploaded file is for the large service', async () => {
  await using sandbox = await sandboxAt();
  const request = letterXml().replace('<dmFiles>', '<dmFiles><dmExtFile dmAttID="1"/>');
  expect((await call(sandbox, 'CreateMessage', request)).code).toBe('1285');
});

const publishing = (element: string) => letterXml().replace('</dmEnvelope>', `${element}</dmEnvelope>`);

test.each([
  ['', undefined],
  ['<dmPublishOwnID xsi:nil="true"/>', undefined],
  ['<dmPublishOwnID>false</dmPublishOwnID>', undefined],
  ['<dmPublishOwnID>true</dmPublishOwnID>', 1],
  ['<dmPublishOwnID IdLevel="0">true</dmPublishOwnID>', 0],
  ['<dmOVM>false</dmOVM><dmPublishOwnID IdLevel="127">1</dmPublishOwnID>', 127],
])('%s lets the recipient learn of the sending person: %s', async (element, level) => {
  await using sandbox = await sandboxAt();
  const dmID = valueOf((await call(sandbox, 'CreateMessage', publishing(element))).text, 'dmID') ?? '';
  expect(sandbox.world.message(dmID).publishedId).toBe(level);
});

test.each([
  '<dmPublishOwnID IdLevel="1">false</dmPublishOwnID>',
  '<dmPublishOwnID IdLevel="1" xsi:nil="true"/>',
  '<dmPublishOwnID IdLevel="128">true</dmPublishOwnID>',
  '<dmPublishOwnID IdLevel="-1">true</dmPublishOwnID>',
  '<dmPublishOwnID IdLevel="vše">true</dmPublishOwnID>',
])('%s contradicts itself', async (element) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'CreateMessage', publishing(element))).code).toBe('1179');
});

test('twenty megabytes pass, one octet more is for the large service', async () => {
  await using sandbox = await sandboxAt();
  const most = 20 * 1024 * 1024;
  expect(
    (await call(sandbox, 'CreateMessage', letterXml({}, [small('a.txt', { content: Buffer.alloc(most, 'a') })]))).code,
  ).toBe('0000');
  expect(
    (await call(sandbox, 'CreateMessage', letterXml({}, [small('a.txt', { content: Buffer.alloc(most + 1, 'a') })])))
      .code,
  ).toBe('1282');
});

test('base64 may be broken into lines', async () => {
  await using sandbox = await sandboxAt();
  expect(
    (await call(sandbox, 'CreateMessage', letterXml({}, [small('a.txt', { content: 'RG9i\r\ncsO9\n IGRl\tbg==\n' })])))
      .code,
  ).toBe('0000');
});

test('texts are rewritten: odd spaces become spaces, invisible characters vanish', async () => {
  await using sandbox = await sandboxAt();
  const values = { dmAnnotation: 'Tvrdá&#xA0;mezera,&#9;tabulátor,&#xAD;pomlčka\u200b' };
  const dmID =
    valueOf((await call(sandbox, 'CreateMessage', letterXml(values, [small('a\u00a0b\u202e.txt')]))).text, 'dmID') ??
    '';
  expect(sandbox.world.message(dmID)).toMatchObject({
    annotation: 'Tvrdá mezera, tabulátor,pomlčka',
    files: [{ name: 'a b.txt' }],
  });
});

test('sending needs the right, and an accessible own box', async () => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'CreateMessage', letterXml(), 'pekar3')).code).toBe('1206');
  sandbox.world.box(demoBoxes.company).state = 2;
  expect((await call(sandbox, 'CreateMessage', letterXml())).code).toBe('1201');
});

test('an infected file is accepted, but never arrives; the sender gets a system message', async () => {
  await using sandbox = await sandboxAt();
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  const sent = await call(sandbox, 'CreateMessage', letterXml({}, [small('a.txt', { content: Buffer.from(eicar) })]));
  expect(sent.code).toBe('0000');
  const dmID = valueOf(sent.text, 'dmID') ?? '';
  expect(sandbox.world.message(dmID)).toMatchObject({ state: 3, arrivedAt: undefined });
  expect((await list(sandbox, 'urad01')).text).not.toContain(dmID);
  expect((await call(sandbox, 'GetListOfSentMessages', listQuery({ unit: 'dmSenderOrgUnitNum' }))).text).toContain(
    dmID,
  );
  const notice = sandbox.world.messagesOf(demoBoxes.company, 'recipient')[0];
  expect(notice?.sender.type).toBe(0);
  expect(octetsOf(notice?.files[1]?.content ?? Buffer.alloc(0)).toString()).toContain(
    `<SystemMessage type="1"><dmID>${dmID}</dmID>`,
  );
});
