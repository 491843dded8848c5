/** Large messages: envelope, then attachments as parts of their own or in base64 (isds §5.4). */
import { describe, expect, test } from 'vitest';
import { systemClock, KeyedMutex } from '../../src/core/index.ts';
import { Caller } from '../../src/isds/caller.ts';
import { downloadLarge } from '../../src/isds/large-message.ts';
import { Transport } from '../../src/isds/http/transport.ts';
import { attached, attachedFile, rootPart } from './attached.ts';
import { exampleOctets, exampleText } from './examples.ts';
import {
  accountAt,
  type Answer,
  answers,
  answers12,
  CREDENTIALS,
  envelopeAround12,
  http,
  raw,
  soap,
  startFakeIsds,
  status,
} from './fake-isds.ts';
import { collect, CONTENT, envelope } from './large-answers.ts';

const inlineFile = (content: Buffer, name = 'Podklady.pdf'): Answer =>
  answers12(
    'DownloadAttachment',
    `<q:dmFile dmFileMetaType="main" dmFileDescr="${name}" dmMimeType="application/pdf"><q:dmEncodedContent>${content.toString('base64')}</q:dmEncodedContent></q:dmFile>`,
  );

const refused = (code: string): Answer => answers12('DownloadAttachment', '', status('dm', code, 'Nelze'));
const refusedAttached = (code: string): Answer =>
  attached([rootPart('DownloadAttachment', '', status('dm', code, 'Nelze'))]);

describe('a large message', () => {
  test('comes attachment by attachment as ISDS has them, then its envelope', async () => {
    const { fake, account } = await accountAt(
      envelope('attsNum="2"'),
      attachedFile(CONTENT, 'Výkres 1.pdf'),
      attachedFile(Buffer.alloc(300_000, 7), 'Výkres 2.pdf', 'enclosure'),
    );
    const { files, end } = await collect(account.downloadBigMessage('7'));
    expect(files).toMatchObject([
      { name: 'Výkres 1.pdf', encoding: 'octets', content: CONTENT, metaType: 'main', mimeType: 'application/pdf' },
      { name: 'Výkres 2.pdf', encoding: 'octets', content: Buffer.alloc(300_000, 7), metaType: 'enclosure' },
    ]);
    expect(end.envelope).toMatchObject({ dmID: '7', annotation: 'Výkresy', vodz: true });
    expect(fake.received.map(({ path }) => path)).toEqual(['/DS/dx', '/DS/vodz', '/DS/vodz']);
    const [, first, second] = fake.received;
    expect(first?.headers).toMatchObject({
      'content-type': 'application/soap+xml; charset=UTF-8',
      accept: 'application/soap+xml, multipart/related',
    });
    expect(first?.headers).not.toHaveProperty('soapaction');
    expect(first?.body.toString()).toContain('xmlns:soap="http://www.w3.org/2003/05/soap-envelope"');
    expect(first?.body.toString()).toContain('<dmID>7</dmID><attNum>0</attNum>');
    expect(second?.body.toString()).toContain('<dmID>7</dmID><attNum>1</attNum>');
  });

  test('may come in base64', async () => {
    const { account } = await accountAt(envelope('attsNum="1"'), inlineFile(CONTENT));
    const { files } = await collect(account.downloadBigMessage('7'));
    expect(files).toMatchObject([{ encoding: 'base64', content: Buffer.from(CONTENT.toString('base64')) }]);
  });

  test('whose number of attachments is not told has as many as there are', async () => {
    const { fake, account } = await accountAt(
      envelope(''),
      attachedFile('a', 'a.pdf'),
      inlineFile(CONTENT, 'b.pdf'),
      refusedAttached('1299'),
    );
    const { files } = await collect(account.downloadBigMessage('7'));
    expect(files.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf']);
    expect(fake.received).toHaveLength(4);
  });

  test.each([
    ['there are fewer attachments than announced', [envelope('attsNum="2"'), attachedFile('a'), refused('1299')]],
    ['there are none though none was announced', [envelope('attsNum="0"'), refused('1299')]],
    ['an attachment has no file', [envelope('attsNum="1"'), answers12('DownloadAttachment', '')]],
    [
      'an attachment has two files',
      [
        envelope('attsNum="1"'),
        answers12('DownloadAttachment', '<q:dmFile><q:dmEncodedContent>QUFB</q:dmEncodedContent></q:dmFile>'.repeat(2)),
      ],
    ],
  ])('is not ended when %s', async (_, queue) => {
    const { account } = await accountAt(...queue);
    await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({ kind: 'not-xml' });
  });

  test.each(['1281', '1222', '1219', '1298', '3013'])('that ISDS refuses with %s has no events', async (code) => {
    for (const answer of [refused(code), refusedAttached(code)]) {
      const { fake, account } = await accountAt(envelope('attsNum="2"'), answer);
      await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({ code });
      expect(fake.received).toHaveLength(2);
    }
  });

  test('is refused when it is another one than was asked for', async () => {
    const { account } = await accountAt(envelope('attsNum="1"'), attachedFile('a'));
    await expect(collect(account.downloadBigMessage('8'))).rejects.toMatchObject({
      failure: { kind: 'not-xml', problem: 'another message' },
    });
  });

  test('is refused as maintenance or fault as everything is', async () => {
    const fault =
      '<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>Sender</SOAP-ENV:Value></SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text>Řetězec</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>';
    for (const [answer, expected] of [
      [http(503, 'text/html', ''), { kind: 'maintenance' }],
      [http(500, 'application/soap+xml', envelopeAround12(fault)), { kind: 'fault', message: 'Sender: Řetězec' }],
      [http(200, 'application/soap+xml', envelopeAround12(fault)), { kind: 'fault', message: 'Sender: Řetězec' }],
      [http(200, 'text/html', '<html/>'), { kind: 'not-xml' }],
      [http(200, 'multipart/related', 'x'), { kind: 'not-xml' }],
    ] as const) {
      const { account } = await accountAt(envelope('attsNum="1"'), answer);
      await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({ failure: expected });
    }
  });
});

async function downloaded(waits: readonly number[], ...queue: Answer[]) {
  const fake = await startFakeIsds(...queue);
  const config = { domain: 'x', baseUrls: { ws1: fake.url, ws2: fake.url }, ca: undefined, userAgent: 'P' };
  const transport = new Transport(config, systemClock);
  const caller = new Caller(
    { transport, requests: new KeyedMutex(), clock: systemClock, log: undefined },
    CREDENTIALS,
    undefined,
  );
  return { fake, result: collect(downloadLarge(caller, '7', {}, waits)).finally(() => void transport.close()) };
}

describe('when ISDS is at a limit in the middle of a message', () => {
  test('the attachment is asked for again after a while', async () => {
    const { fake, result } = await downloaded(
      [1, 1],
      envelope('attsNum="2"'),
      attachedFile('a', 'a.pdf'),
      refused('1298'),
      refusedAttached('3013'),
      attachedFile('b', 'b.pdf'),
    );
    expect((await result).files.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf']);
    expect(fake.received).toHaveLength(5);
  });

  test('and stays there the message breaks off', async () => {
    const { fake, result } = await downloaded([1], envelope('attsNum="2"'), attachedFile('a'), refused('1298'));
    await expect(result).rejects.toMatchObject({ code: '1298' });
    expect(fake.received).toHaveLength(4);
  });

  test('nothing is given twice that came together with the refusal', async () => {
    const half = answers12(
      'DownloadAttachment',
      '<q:dmFile><q:dmEncodedContent>QUFB</q:dmEncodedContent></q:dmFile>',
      status('dm', '1298', 'Nelze'),
    );
    const { fake, result } = await downloaded([1], envelope('attsNum="2"'), attachedFile('a'), half);
    await expect(result).rejects.toMatchObject({ code: '1298' });
    expect(fake.received).toHaveLength(3);
  });
});

test('the account is free for others between two attachments and after a reader who left', async () => {
  const { fake, account } = await accountAt(
    envelope('attsNum="2"'),
    attachedFile(Buffer.alloc(3_000_000)),
    answers('MarkMessageAsDownloaded', ''),
  );
  for await (const event of account.downloadBigMessage('7')) if (event.kind === 'content') break;
  await account.markAsDownloaded('7');
  expect(fake.received.map(({ path }) => path)).toEqual(['/DS/dx', '/DS/vodz', '/DS/dx']);
});

const example = (name: string) =>
  http(
    200,
    'application/soap+xml',
    envelopeAround12(exampleText(`dm/DownloadAttachment.${name}.xml`).replace(/^<\?xml[^>]*>\s*/, '')),
  );

describe('the examples', () => {
  test.each(['mtom-download-response', 'mtom-download-response-unclosed'])('%s is understood', async (name) => {
    const { account } = await accountAt(
      soap(exampleText('dm/MessageEnvelopeDownload.resp.xml')),
      raw(exampleOctets(`http/${name}.http`)),
    );
    const { files, end } = await collect(account.downloadBigMessage('1490000001'));
    expect(files).toMatchObject([
      { name: 'podklady.pdf', encoding: 'octets', content: Buffer.from('%PDF-1.4\n%%EOF\n') },
      { name: 'podklady.pdf' },
    ]);
    expect(end.envelope).toMatchObject({ annotation: 'Podklady & přílohy', attachmentSize: 71254 });
  });

  test('inline answers and refusals are understood', async () => {
    const { account } = await accountAt(envelope(''), example('resp'), example('resp-1299'));
    const { files } = await collect(account.downloadBigMessage('7'));
    expect(files).toMatchObject([{ name: 'podklady.pdf', content: Buffer.from('JVBERi0xLjQKJSVFT0YK') }]);
  });

  test('a request that was not understood is HTTP 599', async () => {
    const { account } = await accountAt(envelope(''), raw(exampleOctets('http/599-bad-multipart.http')));
    await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({
      kind: 'http',
      failure: { status: 599 },
    });
  });
});
