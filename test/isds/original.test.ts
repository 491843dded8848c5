import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { IsdsError, type OriginalDownloadEvent, isWithoutOriginal } from '../../src/isds/index.ts';
import { OriginalReader } from '../../src/isds/signed/original-reader.ts';
import { derIdentifier, derInteger, derOctets, derSequence, derSet, derTagged } from '../../src/sandbox/der.ts';
import { makeSealKey, type SealKey } from '../../src/sandbox/seal-key.ts';
import { makeSigned } from './cms.ts';
import { exampleText } from './examples.ts';
import { attached, filePart, INCLUDE, rootPart } from './attached.ts';
import { accountAt, answerBody, answers, answers12, envelopeAround, raw, soap, status } from './fake-isds.ts';
import { ASKED, FILES, sealedXml } from './sealed-message.ts';

let key: SealKey;
let original: Buffer;
beforeAll(async () => {
  key = await makeSealKey(Date.now());
  original = makeSigned(sealedXml(), key, { segment: 1000 });
});

const signature = (cms: Buffer) => `<q:dmSignature>${cms.toString('base64')}</q:dmSignature>`;
const signed = (cms: Buffer, end?: string) => answers('SignedMessageDownload', signature(cms), end);

async function fetchOriginal(answer: ReturnType<typeof soap>): Promise<OriginalDownloadEvent[]> {
  const { account } = await accountAt(answer);
  const events: OriginalDownloadEvent[] = [];
  for await (const event of account.downloadOriginal(ASKED)) events.push(event);
  return events;
}

/** The files and the original, each put together. */
function assembled(events: Iterable<OriginalDownloadEvent>) {
  const files: string[] = [];
  const octets: Buffer[] = [];
  for (const event of events) {
    if (event.kind === 'file') files.push(`${event.file.metaType} ${event.file.name}: `);
    if (event.kind === 'content') files.push((files.pop() ?? '') + event.octets.toString());
    if (event.kind === 'original') octets.push(event.octets);
  }
  return { files, original: Buffer.concat(octets) };
}

const BOTH_FILES = ['main Výzva.pdf: JVBERi0xLjQKJSVFT0YK', 'enclosure poznámka.txt: RG9icsO9IGRlbg=='];

describe('a signed original', () => {
  test('comes with the files inside it and their envelope, from one answer', async () => {
    const { fake, account } = await accountAt(signed(original));
    const events: OriginalDownloadEvent[] = [];
    for await (const event of account.downloadOriginal(ASKED)) events.push(event);
    expect(assembled(events)).toEqual({ files: BOTH_FILES, original });
    expect(events.at(-1)).toMatchObject({
      kind: 'end',
      envelope: { dmID: ASKED, type: 'K', annotation: 'Výzva k doplnění', state: 6 },
      seal: { verdict: 'unchecked', timeStamped: false },
    });
    expect(fake.received.map(({ path }) => path)).toEqual(['/DS/dz']);
  });

  test('may be base64 with line breaks and white space around', async () => {
    const lines = original.toString('base64').replace(/.{76}/g, '$&&#13;\n');
    const answer = answers('SignedMessageDownload', `<q:dmSignature>\n${lines}\n</q:dmSignature>`);
    expect(assembled(await fetchOriginal(answer))).toEqual({ files: BOTH_FILES, original });
  });

  test('is the same however its base64 is cut', () => {
    const text = original.toString('base64');
    for (let at = 1; at < text.length; at++) {
      const reader = new OriginalReader();
      const events = [text.slice(0, at), text.slice(at)].flatMap((part) => [...reader.push(Buffer.from(part))]);
      expect(assembled(events), `split at ${at}`).toEqual({ files: BOTH_FILES, original });
      expect(reader.end().message.extracted).toBe(2);
    }
  });

  test('may carry XML as a file, which then stands alone', async () => {
    const files =
      '<p:dmFile dmFileDescr="podání.xml" dmFileMetaType="main"><p:dmXMLContent><p:podani q:druh="1"/></p:dmXMLContent></p:dmFile>';
    const { files: extracted } = assembled(await fetchOriginal(signed(makeSigned(sealedXml({ files }), key))));
    expect(extracted).toEqual([
      'main podání.xml: <p:podani xmlns:p="http://isds.czechpoint.cz/v20" xmlns:q="http://isds.czechpoint.cz/v20/message" q:druh="1"/>',
    ]);
  });
});

describe('status', () => {
  test('0005 means that there is no time stamp, whatever the seal carries', async () => {
    const stamped = makeSigned(sealedXml(), key, { timeStamp: () => Buffer.from('300306012a', 'hex') });
    const unstamped = await fetchOriginal(signed(stamped, status('dm', '0005', 'Bez razítka')));
    expect(unstamped.at(-1)).toMatchObject({ seal: { timeStamped: false } });
    expect((await fetchOriginal(signed(stamped))).at(-1)).toMatchObject({ seal: { timeStamped: true } });
  });

  test.each(['9800', '9500', '9502', '3005'])('%s says that only the plain message can be had', async (code) => {
    const error = await fetchOriginal(answers('SignedMessageDownload', '', status('dm', code, 'Nelze'))).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ failure: { kind: 'status', code, class: 'temporary' } });
    expect(error instanceof IsdsError && isWithoutOriginal(error)).toBe(true);
  });

  test.each(['1219', '1222', '1281'])('%s refuses the message itself', async (code) => {
    const error = await fetchOriginal(answers('SignedMessageDownload', '', status('dm', code, 'Nelze'))).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code });
    expect(error instanceof IsdsError && isWithoutOriginal(error)).toBe(false);
  });
});

const flipped = (cms: Buffer, marker: string | Buffer, offset = 0): Buffer => {
  const changed = Buffer.from(cms);
  const at = changed.indexOf(marker) + offset;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};

/** The same message with other signers. */
const withSigners = (signers: Buffer): Buffer => {
  const content = derSequence(derIdentifier('1.2.840.113549.1.7.1'), derTagged(0, derOctets(sealedXml())));
  const signedData = derSequence(derInteger(1), derSet(), content, signers);
  return derSequence(derIdentifier('1.2.840.113549.1.7.2'), derTagged(0, signedData));
};

describe('is not ended', () => {
  const notIntact: [string, () => Buffer][] = [
    ['with a changed letter of the annotation', () => flipped(original, 'doplnění')],
    ['with a changed octet of a file', () => flipped(original, 'RG9icsO9')],
    ['with a changed digest', () => flipped(original, createHash('sha256').update(sealedXml()).digest())],
    ['with another message than the one asked for', () => makeSigned(sealedXml({ dmID: '1490000003' }), key)],
    ['with a message that was sent', () => makeSigned(sealedXml({ suffix: '/SentMessage' }), key)],
    ['with a message that is not under seal', () => makeSigned(sealedXml({ suffix: '' }), key)],
    ['cut off', () => original.subarray(0, -1)],
    ['with something behind it', () => Buffer.concat([original, Buffer.alloc(2)])],
    ['empty', () => Buffer.alloc(0)],
    ['that is no CMS', () => Buffer.from('not a real CMS structure')],
    ['without a signer', () => withSigners(derSet())],
    ['with garbage as a signer', () => withSigners(derSet(derSequence(derInteger(1), derOctets(Buffer.alloc(99)))))],
  ];

  test.each(notIntact)('%s', async (_, make) => {
    await expect(fetchOriginal(signed(make()))).rejects.toMatchObject({ kind: 'not-intact' });
  });

  test('after any cut of the structure, though the XML around it is whole', async () => {
    const cuts = Array.from({ length: 20 }, (_, index) => Math.floor((index * original.length) / 20));
    const { account } = await accountAt(...cuts.map((length) => signed(original.subarray(0, length))));
    for (const length of cuts) {
      const events: OriginalDownloadEvent[] = [];
      const reading = async () => {
        for await (const event of account.downloadOriginal(ASKED)) events.push(event);
      };
      await expect(reading(), `after ${length} octets`).rejects.toMatchObject({ kind: 'not-intact' });
      expect(events.filter(({ kind }) => kind === 'end')).toEqual([]);
    }
  });

  test('after any cut of the answer', async () => {
    const body = Buffer.from(envelopeAround(answerBody('SignedMessageDownload', signature(original))));
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=utf-8\r\nContent-Length: ${body.length}\r\n\r\n`;
    const cuts = Array.from({ length: 20 }, (_, index) => Math.floor((index * body.length) / 20));
    const { account } = await accountAt(
      ...cuts.map((length) => raw(Buffer.concat([Buffer.from(head), body.subarray(0, length)]))),
    );
    for (const length of cuts) {
      const reading = async () => {
        for await (const event of account.downloadOriginal(ASKED)) expect(event.kind).not.toBe('end');
      };
      await expect(reading(), `after ${length} octets`).rejects.toMatchObject({ kind: 'truncated' });
    }
  });

  test.each([
    ['broken base64', '<q:dmSignature>MI*A</q:dmSignature>', 'not-intact'],
    ['base64 that is not complete', '<q:dmSignature>MIA</q:dmSignature>', 'not-intact'],
    ['no signature', '', 'not-xml'],
    ['a signature in a wrong place', '<q:x><q:dmSignature>MIAA</q:dmSignature></q:x>', 'not-xml'],
    ['files beside the signature', FILES.replaceAll('p:', 'q:'), 'not-xml'],
  ])('with %s', async (_, content, kind) => {
    await expect(fetchOriginal(answers('SignedMessageDownload', content))).rejects.toMatchObject({ kind });
  });

  test('with files that do not add up', async () => {
    const files = '<p:dmFile dmFileDescr="a.pdf"/>';
    await expect(fetchOriginal(signed(makeSigned(sealedXml({ files }), key)))).rejects.toMatchObject({
      kind: 'not-xml',
    });
  });

  test('with the placeholders of the examples', async () => {
    for (const name of ['resp', 'resp-0005']) {
      const answer = soap(exampleText(`dm/SignedMessageDownload.${name}.xml`));
      await expect(fetchOriginal(answer)).rejects.toMatchObject({ kind: 'not-intact' });
    }
  });
});

describe('the sealed example', () => {
  test('is understood', async () => {
    const xml = Buffer.from(exampleText('dm/zfo-payload-message.noschema.xml'));
    const events = await fetchOriginal(signed(makeSigned(xml, key, { segment: 1000 })));
    expect(assembled(events).files).toEqual([
      'main vyzva.pdf: JVBERi0xLjQKJSVFT0YK',
      'enclosure poznámka k výzvě.txt: RG9icsO9IGRlbiwgcMWZaWtsw6Fkw6FtIHZ5asOhZMWZZW7DrS4K',
    ]);
    expect(events.at(-1)).toMatchObject({
      envelope: { dmID: ASKED, annotation: 'Výzva k doplnění', deliveredAt: new Date('2026-11-20T09:00:31.004Z') },
    });
  });
});

const REFERRING = `<q:dmSignature>${INCLUDE}</q:dmSignature>`;

const signedPart = (content: Buffer) => [rootPart('SignedBigMessageDownload', REFERRING), filePart(content)];

async function fetchLarge(answer: ReturnType<typeof soap>): Promise<OriginalDownloadEvent[]> {
  const { fake, account } = await accountAt(answer);
  const events = await Array.fromAsync(account.downloadBigOriginal(ASKED));
  expect(fake.received.map(({ path }) => path)).toEqual(['/DS/vodz']);
  expect(fake.received[0]?.body.toString()).toContain('<SignedBigMessageDownload');
  return events;
}

describe('the signed original of a large message', () => {
  test.each(['--\r\n', '\r\n'])('comes as a part of its own, whose end is %j', async (end) => {
    const events = await fetchLarge(attached(signedPart(original), end));
    expect(assembled(events)).toEqual({ files: BOTH_FILES, original });
    expect(events.at(-1)).toMatchObject({ kind: 'end', envelope: { dmID: ASKED }, seal: { verdict: 'unchecked' } });
  });

  test('may come in base64', async () => {
    const events = await fetchLarge(answers12('SignedBigMessageDownload', signature(original)));
    expect(assembled(events)).toEqual({ files: BOTH_FILES, original });
  });

  test.each([
    ['changed', () => signedPart(flipped(original, 'RG9icsO9')), 'not-intact'],
    ['cut off', () => signedPart(original.subarray(0, -1)), 'not-intact'],
    ['of another message', () => signedPart(makeSigned(sealedXml({ dmID: '3' }), key)), 'not-intact'],
    ['that is missing', () => [rootPart('SignedBigMessageDownload', REFERRING)], 'not-xml'],
    [
      'in a wrong place',
      () => [rootPart('SignedBigMessageDownload', `<q:x>${REFERRING}</q:x>`), filePart(original)],
      'not-xml',
    ],
  ])('is not ended when it is one %s', async (_, parts, kind) => {
    await expect(fetchLarge(attached(parts()))).rejects.toMatchObject({ kind });
  });

  test('is refused with a status in either form', async () => {
    const end = status('dm', '1281', 'Nelze');
    await expect(fetchLarge(answers12('SignedBigMessageDownload', '', end))).rejects.toMatchObject({ code: '1281' });
    const parts = [rootPart('SignedBigMessageDownload', '', end)];
    await expect(fetchLarge(attached(parts))).rejects.toMatchObject({ code: '1281' });
  });
});

test('attack: a signed original that goes on without end, though only in white space, is cut off', async () => {
  const answer = fetchOriginal((response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    const [before = ''] = envelopeAround(answerBody('SignedMessageDownload', signature(original))).split('</q:dmS');
    response.write(before);
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  await expect(answer).rejects.toMatchObject({ kind: 'oversized' });
});

describe('memory', () => {
  test('30 MB pass through in pieces no longer than the chunks', () => {
    const CHUNK = 64 * 1024;
    const size = 22_500_000;
    const file = `<p:dmFile dmFileDescr="a" dmFileMetaType="main"><p:dmEncodedContent>${'QUFB'.repeat(size / 4)}</p:dmEncodedContent></p:dmFile>`;
    const text = makeSigned(sealedXml({ files: file }), key, { segment: 1000 }).toString('base64');
    const reader = new OriginalReader();
    const longest = { file: 0, content: 0, original: 0 };
    let content = 0;
    for (let start = 0; start < text.length; start += CHUNK)
      for (const event of reader.push(Buffer.from(text.slice(start, start + CHUNK)))) {
        if (event.kind === 'file') continue;
        longest[event.kind] = Math.max(longest[event.kind], event.octets.length);
        if (event.kind === 'content') content += event.octets.length;
      }
    const { signed: rest } = reader.end();
    expect(text.length).toBeGreaterThan(30_000_000);
    expect(content).toBe(size);
    expect(longest.original).toBeLessThanOrEqual(CHUNK);
    expect(longest.content).toBeLessThanOrEqual(CHUNK);
    expect(Buffer.concat([...rest.certificates, ...rest.signers]).length).toBeLessThan(4096);
  });
});
