/** CreateBigMessage: a message that refers to files uploaded before (isds §6.4). */
import { describe, expect, test } from 'vitest';
import type { IsdsError, OutgoingBigMessage, UploadedFile } from '../../src/isds/index.ts';
import { parseXml, type XmlElement } from '../../src/isds/xml/xml.ts';
import { exampleText } from './examples.ts';
import { accountAt, type Answer, answerBody, answers12, envelopeAround12, http, status } from './fake-isds.ts';

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

const FILE: UploadedFile = {
  attachmentId: '54520',
  digests: [
    { algorithm: 'SHA-256', value: 'aa<&' },
    { algorithm: 'SHA3-256', value: 'bb' },
  ],
};

function bigMessage(changes: Partial<OutgoingBigMessage> = {}): OutgoingBigMessage {
  return {
    recipientBox: 'urad453',
    annotation: 'Projektová dokumentace',
    files: [
      { uploaded: FILE, metaType: 'main' },
      { uploaded: { ...FILE, attachmentId: '54521' }, metaType: 'enclosure' },
    ],
    ...changes,
  };
}

const CREATED = answers12('CreateBigMessage', '<q:dmID>1490000012</q:dmID>');

async function failureOf(answer: Answer): Promise<IsdsError> {
  const { fake, account } = await accountAt(answer);
  const error = await account.createBigMessage(bigMessage()).catch((reason: unknown) => reason);
  expect(fake.received).toHaveLength(1);
  return error as IsdsError;
}

describe('a large message', () => {
  test('refers to the uploads with the digests that ISDS gave', async () => {
    const { fake, account } = await accountAt(CREATED);
    await expect(account.createBigMessage(bigMessage({ toHands: 'Žaneta', type: 'O' }))).resolves.toBe('1490000012');
    const [request] = fake.received as [(typeof fake.received)[0]];
    expect(request.path).toBe('/DS/vodz');
    expect(request.headers).toMatchObject({
      'content-type': 'application/soap+xml; charset=UTF-8',
      'content-length': String(request.body.length),
      connection: 'close',
    });
    const root = parseXml(request.body);
    expect(find(root, 'dmEnvelope')[0]?.attributes.get('dmType')).toBe('O');
    expect(find(root, 'dmToHands')[0]?.text).toBe('Žaneta');
    expect(find(root, 'dmExtFile').map(({ attributes }) => Object.fromEntries(attributes))).toEqual([
      {
        dmFileMetaType: 'main',
        dmAttID: '54520',
        dmAttHash1: 'aa<&',
        dmAttHash1Alg: 'SHA-256',
        dmAttHash2: 'bb',
        dmAttHash2Alg: 'SHA3-256',
      },
      expect.objectContaining({ dmFileMetaType: 'enclosure', dmAttID: '54521' }),
    ]);
  });

  test.each([
    ['1281', 'other-service'],
    ['1288', 'client-bug'],
    ['1289', 'client-bug'],
    ['1290', 'upload-again'],
    ['1291', 'client-bug'],
    ['1292', 'client-bug'],
    ['1293', 'client-bug'],
    ['1294', 'upload-again'],
    ['1295', 'user-error'],
    ['1296', 'user-error'],
    ['1297', 'client-bug'],
    ['1298', 'temporary'],
    ['2046', 'temporary'],
    ['3013', 'temporary'],
  ])('that ISDS refuses with %s (%s) was not sent', async (code, expected) => {
    const refused = answers12('CreateBigMessage', '', status('dm', code, 'Nelze'));
    expect(await failureOf(refused)).toMatchObject({ failure: { code, class: expected }, outcome: 'not-executed' });
  });

  test.each([
    ['ISDS failed inside (9005)', answers12('CreateBigMessage', '', status('dm', '9005', ''))],
    ['the answer was lost', ((response) => response.socket?.destroy()) satisfies Answer],
    ['the server failed', http(500, 'text/html', '')],
    ['success came without a number', answers12('CreateBigMessage', '')],
    [
      'the answer broke off in the middle',
      http(200, 'application/soap+xml', envelopeAround12(answerBody('CreateBigMessage', '')).slice(0, -20)),
    ],
  ])('may have been sent, when %s', async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ outcome: 'unknown' });
  });
});

const example = (name: string) =>
  http(200, 'application/soap+xml', envelopeAround12(exampleText(`dm/${name}`).replace(/^<\?xml[^>]*>\s*/, '')));

test('the example is understood', async () => {
  const { account } = await accountAt(example('CreateBigMessage.resp.xml'));
  await expect(account.createBigMessage(bigMessage())).resolves.toBe('1490000012');
});
