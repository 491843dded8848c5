import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { demoBoxes, type MessageFile, type Sandbox } from '../../src/sandbox/index.ts';
import { call, download, letterXml, list, sandboxAt, valueOf, valuesOf } from './client.ts';

const TEXT: MessageFile = {
  name: 'dopis.txt',
  mimeType: 'text/plain',
  metaType: 'main',
  content: Buffer.from('Dobrý den'),
};

function deliver(sandbox: Sandbox, more: object = {}): string {
  const letter = { from: demoBoxes.office, to: demoBoxes.company, annotation: 'Výzva', files: [TEXT], ...more };
  return sandbox.world.deliver(letter).dmID;
}

const byNumber = (sandbox: Sandbox, operation: string, dmID: string, login?: string) =>
  call(sandbox, operation, `<dmID>${dmID}</dmID>`, login);

test('nothing can be downloaded before the list was read', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  for (const operation of ['MessageDownload', 'SignedMessageDownload', 'MessageEnvelopeDownload']) {
    expect((await byNumber(sandbox, operation, dmID)).code).toBe('1222');
  }
  await list(sandbox);
  expect((await download(sandbox, dmID)).code).toBe('0000');
});

test('a download carries names, types and content of every file in order', async () => {
  await using sandbox = await sandboxAt();
  await list(sandbox);
  const message = sandbox.world.messagesOf(demoBoxes.company, 'recipient').find(({ files }) => files.length === 6);
  const { text } = await download(sandbox, message?.dmID ?? '');
  const names = [...text.matchAll(/dmFileDescr="([^"]*)"/g)].map((match) => match[1]);
  expect(names).toEqual(message?.files.map(({ name }) => name));
  expect(names[3]?.length).toBeGreaterThan(200);
  expect(names[4]).toBe(names[5]);
  const encoded = message?.files.filter(({ form }) => form !== 'xml').map(({ content }) => content);
  expect(valuesOf(text, 'dmEncodedContent').map((base64) => Buffer.from(base64, 'base64'))).toEqual(encoded);
  expect(text).toContain('<p:dmXMLContent><faktura xmlns="urn:pekarstvi:faktura"');
});

test('base64 comes in lines or in one piece, as the sender wrote it', async () => {
  await using sandbox = await sandboxAt();
  const files = [{ ...TEXT, content: Buffer.alloc(300, 'á') }];
  const [broken, whole] = [deliver(sandbox, { files, lineBreaks: true }), deliver(sandbox, { files })];
  await list(sandbox);
  expect(valueOf((await download(sandbox, broken)).text, 'dmEncodedContent')).toMatch(/^.{76}\n.{76}\n/);
  expect(valueOf((await download(sandbox, whole)).text, 'dmEncodedContent')).not.toContain('\n');
});

test('the size is that of the written dmFiles element in units of 1024, zero for a small one', async () => {
  await using sandbox = await sandboxAt();
  const large = deliver(sandbox, { files: [{ ...TEXT, content: Buffer.alloc(100_000) }] });
  const small = deliver(sandbox);
  await list(sandbox);
  const { text } = await download(sandbox, large);
  const written = /<p:dmFiles>.*<\/p:dmFiles>/s.exec(text)?.[0] ?? '';
  expect(Number(valueOf(text, 'dmAttachmentSize'))).toBe(Math.round(Buffer.byteLength(written) / 1024));
  expect(valueOf((await download(sandbox, small)).text, 'dmAttachmentSize')).toBe('0');
});

test('the hash is the SHA-256 of the written dmDm element', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  const { text } = await download(sandbox, dmID);
  const written = /<p:dmDm.*<\/p:dmDm>/s.exec(text)?.[0] ?? '';
  expect(valueOf(text, 'dmHash')).toBe(createHash('sha256').update(written).digest('base64'));
  expect(text).toContain('algorithm="SHA-256"');
});

test('a large message arrives whole, in chunks', async () => {
  await using sandbox = await sandboxAt();
  const content = Buffer.alloc(5_000_000, 'žluťoučký kůň ');
  const dmID = deliver(sandbox, { files: [{ ...TEXT, content }] });
  await list(sandbox);
  const { text, headers } = await download(sandbox, dmID);
  expect(headers.get('transfer-encoding')).toBe('chunked');
  expect(Buffer.from(valueOf(text, 'dmEncodedContent') ?? '', 'base64').equals(content)).toBe(true);
});

test.each([
  ['that is not there', 'pekar1', '1499999999', '1219'],
  ['whose number is no number', 'pekar1', 'abc', '2019'],
])('a message %s is refused', async (_, login, dmID, code) => {
  await using sandbox = await sandboxAt();
  expect((await download(sandbox, dmID, login)).code).toBe(code);
});

test('a message of another box, and an own sent one, are refused with 1211', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  for (const login of ['zofie1', 'urad01']) expect((await download(sandbox, dmID, login)).code).toBe('1211');
});

test.each([
  [0b1000, false, '1207'],
  [0b1001, true, '1208'],
  [0b1010, false, '1207'],
  [0b1010, true, '0000'],
  [0b1001, false, '0000'],
])('rights %i, personal delivery %s: %s', async (permissions, personalDelivery, code) => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox, { personalDelivery });
  await list(sandbox);
  sandbox.world.login('pekar1').permissions = permissions;
  expect((await download(sandbox, dmID)).code).toBe(code);
  expect((await byNumber(sandbox, 'MessageEnvelopeDownload', dmID)).code).toBe(code);
});

test('an envelope needs the right to see data as well', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  await list(sandbox);
  sandbox.world.login('pekar1').permissions = 3;
  expect((await byNumber(sandbox, 'MessageEnvelopeDownload', dmID)).code).toBe('1209');
  expect((await byNumber(sandbox, 'GetDeliveryInfo', dmID)).code).toBe('1209');
});

test('of an erased message only the envelope is left', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox, { state: 9 });
  expect((await download(sandbox, dmID)).code).toBe('1219');
  expect((await byNumber(sandbox, 'SignedMessageDownload', dmID)).code).toBe('1219');
  expect((await byNumber(sandbox, 'MarkMessageAsDownloaded', dmID)).code).toBe('1219');
  const envelope = await byNumber(sandbox, 'MessageEnvelopeDownload', dmID);
  expect([envelope.code, valueOf(envelope.text, 'dmMessageStatus')]).toEqual(['0000', '9']);
});

test('a large message (VoDZ) is refused with 1281, its envelope counts the files', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox, { vodz: true, files: [TEXT, TEXT] });
  await list(sandbox);
  expect((await download(sandbox, dmID)).code).toBe('1281');
  expect((await byNumber(sandbox, 'MessageEnvelopeDownload', dmID)).text).toContain('dmVODZ="true" attsNum="2"');
});

test('an undeliverable message is refused with 1230', async () => {
  await using sandbox = await sandboxAt();
  expect((await download(sandbox, deliver(sandbox, { state: 8 }))).code).toBe('1230');
});

test('a message in the vault is listed as 10 and downloaded as 6', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox, { state: 10 });
  expect(valuesOf((await list(sandbox)).text, 'dmMessageStatus')).toContain('10');
  expect(valueOf((await download(sandbox, dmID)).text, 'dmMessageStatus')).toBe('6');
});

test('only the mark makes a message read, and only a delivered one', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  expect((await byNumber(sandbox, 'MarkMessageAsDownloaded', dmID)).code).toBe('1248');
  await list(sandbox);
  await download(sandbox, dmID);
  expect(sandbox.world.message(dmID).state).toBe(6);
  expect((await byNumber(sandbox, 'MarkMessageAsDownloaded', dmID)).code).toBe('0000');
  expect((await byNumber(sandbox, 'MarkMessageAsDownloaded', dmID)).code).toBe('0000');
  expect(sandbox.world.message(dmID).state).toBe(7);
});

test('delivery info tells both sides the events', async () => {
  await using sandbox = await sandboxAt();
  const sent = await call(sandbox, 'CreateMessage', letterXml());
  const dmID = valueOf(sent.text, 'dmID') ?? '';
  await list(sandbox, 'urad01');
  for (const login of ['pekar1', 'urad01']) {
    const events = valuesOf((await byNumber(sandbox, 'GetDeliveryInfo', dmID, login)).text, 'dmEventDescr');
    expect(events.map((event) => event.split(':')[0])).toEqual(['EV0', 'EV5', 'EV11']);
  }
  expect((await byNumber(sandbox, 'GetDeliveryInfo', dmID, 'zofie1')).code).toBe('1211');
});

test('the envelope of a sent message is for its sender, delivered or not, with one right or the other', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  const ask = async (login: string) => {
    const { code, text } = await byNumber(sandbox, 'SentMessageEnvelopeDownload', dmID, login);
    return [code, valueOf(text, 'dmMessageStatus')];
  };
  expect(await ask('urad01')).toEqual(['0000', '4']);
  sandbox.world.setState(dmID, 7);
  for (const permissions of [4, 8]) {
    sandbox.world.login('urad01').permissions = permissions;
    expect(await ask('urad01')).toEqual(['0000', '6']);
  }
  sandbox.world.login('urad01').permissions = 3;
  expect(await ask('urad01')).toEqual(['1209', undefined]);
  expect(await ask('pekar1')).toEqual(['1211', undefined]);
});
