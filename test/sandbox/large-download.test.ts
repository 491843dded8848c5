import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoBoxes, type FaultKind, type Sandbox } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { call, download, list, sandboxAt, valueOf } from './client.ts';
import { type Asking, ask, bigMessageXml, megabytes, referenceXml, upload } from './large-client.ts';

const PDF = { name: 'příloha č. 1.pdf', mimeType: 'application/pdf', metaType: 'enclosure' } as const;
const FILES = [
  { name: 'průvodní dopis.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('Dobrý den,\r\n') },
  // Octets that look like delimiters and line ends must come out as they are.
  { ...PDF, content: Buffer.from('%PDF-1.4\r\n--==\r\n\r\n--\u0000\u00ff\r\n%%EOF\r\n', 'latin1') },
] as const;
const PARTS = 'multipart/related, application/soap+xml';

/** A large message from the office in the company's box; its size is not what makes it large. */
function deliver(sandbox: Sandbox): string {
  return sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, files: FILES, vodz: true }).dmID;
}

const attachment = (sandbox: Sandbox, dmID: string, number: number | string, more: Asking & { version?: '1.1' } = {}) =>
  ask(sandbox, 'DownloadAttachment', `<dmID>${dmID}</dmID><attNum>${number}</attNum>`, more);

const byNumber = (sandbox: Sandbox, operation: string, dmID: string, more: Asking = {}) =>
  ask(sandbox, operation, `<dmID>${dmID}</dmID>`, more);

test('attachments are numbered from 0, and 1299 is the end of them', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const first = await attachment(sandbox, dmID, 0);
  expect(first.text).toContain(
    '<q:dmFile dmFileMetaType="main" dmMimeType="text/plain" dmFileDescr="průvodní dopis.txt">',
  );
  expect(Buffer.from(valueOf(first.text, 'dmEncodedContent') ?? '', 'base64').toString()).toBe('Dobrý den,\r\n');
  expect((await attachment(sandbox, dmID, 1)).code).toBe('0000');
  for (const beyond of [2, -1]) expect((await attachment(sandbox, dmID, beyond)).code).toBe('1299');
  expect((await attachment(sandbox, dmID, 'jedna')).code).toBe('2042');
  const envelope = await call(sandbox, 'MessageEnvelopeDownload', `<dmID>${dmID}</dmID>`);
  expect(envelope.text).toMatch(/dmVODZ="true" attsNum="2"/);
});

test('an attachment comes as a part of its own when SOAP 1.2 asks and accepts that', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const { type, text, parts, body } = await attachment(sandbox, dmID, 1, { accept: PARTS });
  expect(type).toMatch(
    /^multipart\/related; start="<rootpart>"; type="application\/xop\+xml"; boundary="==\w+=="; start-info="application\/soap\+xml"$/,
  );
  expect(text).toContain('href="cid:1"');
  expect(parts).toHaveLength(1);
  expect(parts[0]?.head).toContain('Content-Id: <1>\r\nContent-Type: application/pdf\r\n');
  expect(parts[0]?.octets.equals(FILES[1].content)).toBe(true);
  expect(body.toString('latin1')).toMatch(/\r\n--==\w+==--\r\n$/);
});

test.each([
  ['SOAP 1.1, whatever it accepts', { version: '1.1' as const, accept: PARTS }, 'text/xml; charset=utf-8'],
  ['SOAP 1.2 that accepts no parts', { accept: 'application/soap+xml' }, 'application/soap+xml; charset=utf-8'],
])('%s gets base64', async (_, how, type) => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const reply = await attachment(sandbox, dmID, 1, how);
  expect(reply.type).toBe(type);
  expect(Buffer.from(valueOf(reply.text, 'dmEncodedContent') ?? '', 'base64').equals(FILES[1].content)).toBe(true);
});

test('the whole message comes inline even to a client that accepts parts', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const { text, type } = await byNumber(sandbox, 'BigMessageDownload', dmID, { accept: PARTS });
  expect(type).toBe('application/soap+xml; charset=utf-8');
  expect(text).toContain('<q:dmReturnedMessage dmVODZ="true" attsNum="2">');
  expect(text).toContain(FILES[1].content.toString('base64'));
});

test.each([
  ['SignedBigMessageDownload', 'pekar1', 'message'],
  ['SignedSentBigMessageDownload', 'urad01', 'SentMessage'],
])('%s gives a signed message in a part, which openssl verifies', async (operation, login, kind) => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const { text, parts } = await byNumber(sandbox, operation, dmID, { login, accept: PARTS });
  expect(text).toMatch(/<q:dmSignature><xop:Include [^>]+><\/xop:Include><\/q:dmSignature>/);
  const path = join(temporaryFolder(), 'zprava.zfo');
  writeFileSync(path, parts[0]?.octets ?? '');
  const verified = spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-noverify', '-in', path]);
  expect(verified.stderr.toString()).toContain('CMS Verification successful');
  expect(verified.stdout.toString()).toContain(`xmlns:q="http://isds.czechpoint.cz/v20/${kind}"`);
  expect(verified.stdout.toString()).toContain(FILES[1].content.toString('base64'));
});

test('the sender may download what he sent, delivered or not, if he may send', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  expect((await attachment(sandbox, dmID, 0, { login: 'urad01' })).code).toBe('0000');
  expect((await byNumber(sandbox, 'SignedSentBigMessageDownload', dmID)).code).toBe('1211');
  expect((await byNumber(sandbox, 'SignedBigMessageDownload', dmID, { login: 'urad01' })).code).toBe('1211');
  sandbox.world.login('urad01').permissions = 8;
  expect((await attachment(sandbox, dmID, 0, { login: 'urad01' })).code).toBe('1206');
});

test.each(['DownloadAttachment', 'BigMessageDownload', 'SignedBigMessageDownload'])(
  '%s refuses what is not delivered, not ours, not to be read, erased, or ordinary',
  async (operation) => {
    await using sandbox = await sandboxAt();
    const dmID = deliver(sandbox);
    const ordinary = sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, files: FILES }).dmID;
    const number = operation === 'DownloadAttachment' ? '<attNum>0</attNum>' : '';
    const code = async (login = 'pekar1', id = dmID) =>
      (await ask(sandbox, operation, `<dmID>${id}</dmID>${number}`, { login })).code;
    expect(await code()).toBe('1222');
    await list(sandbox);
    expect(await code('zofie1')).toBe('1211');
    expect(await code('pekar3')).toBe('1207');
    expect(await code('pekar1', ordinary)).toBe('1281');
    expect(await code('pekar1', '42')).toBe('1219');
    expect(await code('pekar1', 'x')).toBe('2019');
    sandbox.world.setState(dmID, 9);
    expect(await code()).toBe('1219');
  },
);

test('ordinary services refuse a large message', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const sent = await call(sandbox, 'SignedSentMessageDownload', `<dmID>${dmID}</dmID>`, 'urad01');
  const signed = await call(sandbox, 'SignedMessageDownload', `<dmID>${dmID}</dmID>`);
  expect([(await download(sandbox, dmID)).code, signed.code, sent.code]).toEqual(['1281', '1281', '1281']);
});

test('operations of large messages are unknown at the other addresses, and theirs here', async () => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'BigMessageDownload', '<dmID>1</dmID>')).code).toBe('2006');
  expect((await ask(sandbox, 'MessageDownload', '<dmID>1</dmID>')).code).toBe('2006');
});

test.each<[FaultKind, RegExp, string[]]>([
  [{ kind: 'unclosed', delimiter: 'open' }, /EOF\r\n\r\n--==\w+==\r\n$/, ['%PDF-1.4']],
  [{ kind: 'unclosed', delimiter: 'missing' }, /EOF\r\n$/, ['%PDF-1.4']],
  [{ kind: 'inlineContent' }, /<\/SOAP-ENV:Envelope>$/, []],
])('fault %s: the content is whole all the same', async (fault, end, starts) => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  sandbox.faults.add(fault);
  const { body, type, parts } = await attachment(sandbox, dmID, 1, { accept: PARTS });
  expect(body.toString('latin1')).toMatch(end);
  expect(type.startsWith('multipart/')).toBe(starts.length > 0);
  expect(parts.map(({ octets }) => octets.toString('latin1', 0, 8))).toEqual(starts);
  expect((await attachment(sandbox, dmID, 1, { accept: PARTS })).body.toString('latin1')).toMatch(/--\r\n$/);
});

test.each(['1298', '3013', '2046'])('a status fault answers %s in the version of the request', async (code) => {
  await using sandbox = await sandboxAt();
  sandbox.faults.add({ kind: 'status', code, times: 2 });
  const file = { name: 'a.txt', type: 'text/plain', content: Buffer.from('a') };
  const [first, second] = [await upload(sandbox, file), await upload(sandbox, file, '1.1')];
  expect([first.code, second.code]).toEqual([code, code]);
  expect(first.text).toContain('xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"');
  expect(second.text).toContain('xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"');
  expect(sandbox.spooled()).toBe(0);
});

test('a late answer is of an upload that is already there', async () => {
  await using sandbox = await sandboxAt();
  const file = megabytes(1);
  sandbox.faults.add({ kind: 'late', milliseconds: 50, operation: 'UploadAttachment' });
  sandbox.faults.add({ kind: 'slowReading', milliseconds: 1 });
  const { code } = await upload(sandbox, file);
  expect([code, sandbox.faults.pending, sandbox.spooled()]).toEqual(['0000', 0, 1]);
});

test('a lost answer to CreateBigMessage: the message is there', async () => {
  await using sandbox = await sandboxAt();
  const file = referenceXml(await upload(sandbox, megabytes(18)));
  sandbox.faults.add({ kind: 'lostAnswer', operation: 'CreateBigMessage' });
  await expect(ask(sandbox, 'CreateBigMessage', bigMessageXml(file))).rejects.toThrow('fetch failed');
  expect(sandbox.world.messagesOf(demoBoxes.office, 'recipient')[0]?.vodz).toBe(true);
});

test('an answer cut in the middle of a part', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  sandbox.faults.add({ kind: 'cutAfter', octets: 900 });
  await expect(attachment(sandbox, dmID, 1, { accept: PARTS })).rejects.toThrow('terminated');
});
