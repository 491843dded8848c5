/** Answers in parts that do not add up, are forged or break off: never a file that is shorter than it was (isds §1.4). */
import { describe, expect, test } from 'vitest';
import { attached, attachedFile, BOUNDARY, filePart, INCLUDE, multipart, rootPart, TYPE } from './attached.ts';
import { accountAt, raw } from './fake-isds.ts';
import { collect, CONTENT, envelope } from './large-answers.ts';

const root = (content: string) =>
  rootPart('DownloadAttachment', `<q:dmFile><q:dmEncodedContent>${content}</q:dmEncodedContent></q:dmFile>`);

const include = (href: string) => INCLUDE.replace('cid:1', href);

describe('an answer with parts is refused when', () => {
  test.each([
    ['the part has another name', [root(INCLUDE), filePart('a', '<2>')]],
    ['the part is missing', [root(INCLUDE)]],
    ['there is a part too many', [root(INCLUDE), filePart('a'), filePart('b', '<2>')]],
    ['nothing refers to the part', [root('QUFB'), filePart('a')]],
    ['two things refer to it', [root(INCLUDE + INCLUDE), filePart('a')]],
    ['text stands beside the reference', [root(`QUFB${INCLUDE}`), filePart('a')]],
    ['the reference is no cid', [root(include('http://x/1')), filePart('a')]],
    ['the reference is not encoded as it should be', [root(include('cid:%E')), filePart('a')]],
    ['the reference stands elsewhere', [rootPart('DownloadAttachment', INCLUDE), filePart('a')]],
    [
      'the part is encoded once more',
      [root(INCLUDE), { headers: ['Content-Id: <1>', 'Content-Transfer-Encoding: base64'], content: 'QUFB' }],
    ],
    ['the root is not first', [{ ...root(INCLUDE), headers: ['Content-Id: <other>'] }, filePart('a')]],
    ['the root is endless', [root(' '.repeat(1_100_000)), filePart('a')]],
  ])('%s', async (_, parts) => {
    const { account } = await accountAt(envelope('attsNum="1"'), attached(parts));
    await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({ kind: 'not-xml' });
  });

  test('but the name of a part may be encoded in the reference', async () => {
    const { account } = await accountAt(
      envelope('attsNum="1"'),
      attached([root(include('cid:a%40b%3Dc')), filePart('obsah', '<a@b=c>')]),
    );
    expect((await collect(account.downloadBigMessage('7'))).files).toMatchObject([{ content: Buffer.from('obsah') }]);
  });
});

describe('attack:', () => {
  test('a boundary forged in a file never gives a shorter file', async () => {
    for (const forged of [`\r\n--${BOUNDARY}--\r\n`, `\r\n--${BOUNDARY}\r\n`, `\r\n--${BOUNDARY}\r\n\r\n`]) {
      const { account } = await accountAt(envelope('attsNum="1"'), attachedFile(`%PDF${forged}zbytek`));
      const kind = expect.stringMatching(/^(?:not-xml|truncated)$/) as string;
      await expect(collect(account.downloadBigMessage('7'))).rejects.toMatchObject({ kind });
    }
  });

  test('an attachment without end is cut off', async () => {
    const { account } = await accountAt(envelope('attsNum="1"'), (response) => {
      response.writeHead(200, { 'content-type': TYPE });
      response.write(
        multipart([
          rootPart('DownloadAttachment', `<q:dmFile><q:dmEncodedContent>${INCLUDE}</q:dmEncodedContent></q:dmFile>`),
          filePart('a'),
        ]).subarray(0, -BOUNDARY.length - 8),
      );
      const chunk = Buffer.alloc(1024 * 1024, 'A');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const events = account.downloadBigMessage('7');
    const reading = async () => {
      for await (const event of events) expect(event.kind).not.toBe('end');
    };
    await expect(reading()).rejects.toMatchObject({ kind: 'oversized' });
  });
});

test('an answer that breaks off never ends, wherever it does', async () => {
  const body = multipart([
    rootPart('DownloadAttachment', `<q:dmFile><q:dmEncodedContent>${INCLUDE}</q:dmEncodedContent></q:dmFile>`),
    filePart(CONTENT),
  ]);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const cuts = Array.from({ length: 30 }, (_, index) => Math.floor((index * body.length) / 30));
  for (const length of cuts) {
    const { account } = await accountAt(
      envelope('attsNum="1"'),
      raw(Buffer.concat([Buffer.from(head), body.subarray(0, length)])),
    );
    await expect(collect(account.downloadBigMessage('7')), `after ${length}`).rejects.toMatchObject({
      kind: 'truncated',
    });
  }
});
