import { describe, expect, test } from 'vitest';
import { parseXml, type XmlElement } from '../../src/isds/xml/xml.ts';
import { exampleText } from './examples.ts';
import { accountAt, answers, CREDENTIALS, isdsAt, soap, startFakeIsds } from './fake-isds.ts';
import { file, message, TEXT } from './outgoing.ts';
import { sendUnread } from './unread.ts';

const CREATED = answers('CreateMessage', '<q:dmID>1490000010</q:dmID>');

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

describe('the request', () => {
  test('has an exact length, all elements in the order of the schema, and the file', async () => {
    const { fake, account } = await accountAt(CREATED);
    await expect(account.createMessage(message({ toHands: 'Ing. Nováková', personalDelivery: true }))).resolves.toBe(
      '1490000010',
    );
    const [request] = fake.received;
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
    const root = parseXml(request?.body ?? Buffer.alloc(0));
    const [envelope] = find(root, 'dmEnvelope');
    expect([...(envelope?.attributes ?? [])]).toEqual([]);
    expect(envelope?.children.map(({ name, text }) => (text === '' ? name : `${name}: ${text}`))).toEqual([
      'dmSenderOrgUnit',
      'dmSenderOrgUnitNum',
      'dbIDRecipient: urad453',
      'dmRecipientOrgUnit',
      'dmRecipientOrgUnitNum',
      'dmToHands: Ing. Nováková',
      'dmAnnotation: Vyjádření <k> výzvě & "spol."',
      'dmRecipientRefNumber',
      'dmSenderRefNumber',
      'dmRecipientIdent',
      'dmSenderIdent',
      'dmLegalTitleLaw',
      'dmLegalTitleYear',
      'dmLegalTitleSect',
      'dmLegalTitlePar',
      'dmLegalTitlePoint',
      'dmPersonalDelivery: true',
      'dmAllowSubstDelivery',
    ]);
    const [sent] = find(root, 'dmFile');
    expect(sent?.attributes.get('dmFileDescr')).toBe('Příloha č. 1 "<&>\'.pdf');
    expect(Buffer.from(sent?.children[0]?.text ?? '', 'base64')).toEqual(TEXT);
  });

  test('names a legal title, the way of delivery, the sender and the kind of message when they are wished', async () => {
    const { fake, account } = await accountAt(CREATED);
    await account.createMessage(
      message({
        legalTitle: { law: '500', year: '2004', section: '37' },
        allowSubstDelivery: false,
        publishOwnId: 3,
        type: 'O',
      }),
    );
    await account.createMessage(message({ publishOwnId: true }));
    const [full, name] = fake.received.map(({ body }) => find(parseXml(body), 'dmEnvelope')[0]);
    expect(full?.attributes.get('dmType')).toBe('O');
    expect(full?.children.slice(-8).map(({ name: element, text }) => `${element}: ${text}`)).toEqual([
      'dmLegalTitleLaw: 500',
      'dmLegalTitleYear: 2004',
      'dmLegalTitleSect: 37',
      'dmLegalTitlePar: ',
      'dmLegalTitlePoint: ',
      'dmPersonalDelivery: ',
      'dmAllowSubstDelivery: false',
      'dmPublishOwnID: true',
    ]);
    expect(full?.children.at(-1)?.attributes.get('IdLevel')).toBe('3');
    expect(name?.children.at(-1)).toMatchObject({ name: 'dmPublishOwnID', text: 'true', attributes: new Map() });
  });

  test('carries several files, also a large one', async () => {
    const large = Buffer.alloc(3_000_001, 'ž');
    const chunks = Array.from({ length: 47 }, (_, index) => large.subarray(index * 65_537, (index + 1) * 65_537));
    const { fake, account } = await accountAt(CREATED);
    await account.createMessage(message({ files: [file([TEXT]), file(chunks, { metaType: 'enclosure' })] }));
    const request = fake.received[0]?.body.toString() ?? '';
    expect(request).toContain(`>${TEXT.toString('base64')}</dmEncodedContent>`);
    expect(request).toContain(`>${large.toString('base64')}</dmEncodedContent>`);
  });
});

describe('what is not sent', () => {
  test.each([
    ['a file that is longer than it was said', file([TEXT, TEXT], { size: TEXT.length })],
    ['a file that is longer than it was said by one octet', file([TEXT], { size: TEXT.length - 1 })],
    ['a file that is shorter than it was said', file([TEXT], { size: TEXT.length + 1 })],
    [
      'a file that cannot be read',
      file([], {
        size: 10,
        async *open() {
          yield Buffer.from('abc');
          throw new Error('disk');
        },
      }),
    ],
  ])('%s', async (_, bad) => {
    const { fake, account } = await accountAt(CREATED);
    await expect(account.createMessage(message({ files: [file([TEXT]), bad] }))).rejects.toMatchObject({
      kind: 'unsendable',
      outcome: 'not-executed',
    });
    expect(fake.received).toEqual([]);
  });

  test.each([
    ['annotation', message({ annotation: 'zvonek \u0007' })],
    ['file name', message({ files: [file([TEXT], { name: 'a\u0000.pdf' })] })],
  ])('a character that XML cannot carry in the %s', async (_, bad) => {
    const { fake, account } = await accountAt(CREATED);
    await expect(account.createMessage(bad)).rejects.toMatchObject({ kind: 'unsendable', outcome: 'not-executed' });
    expect(fake.received).toEqual([]);
  });
});

test('a message is sent over a connection of its own, which no server can be about to close', async () => {
  const sockets = new Set<unknown>();
  const fake = await startFakeIsds(
    ...['CheckDataBox', 'CreateMessage'].map((operation): typeof CREATED => (response, request) => {
      sockets.add(request.socket);
      answers(operation, '<q:dbState>1</q:dbState><q:dmID>7</q:dmID>')(response, request);
    }),
  );
  const account = isdsAt(fake.url).account(CREDENTIALS);
  await account.checkBox('urad453');
  await account.createMessage(message());
  expect(sockets.size).toBe(2);
  expect(fake.received[1]?.headers.connection).toBe('close');
});

test('the files are not read ahead of an ISDS that does not take them', async () => {
  const count = 2000;
  const { ended, produced } = await sendUnread(count, (account, long, signal) =>
    account.createMessage(message({ files: [long] }), { signal }),
  );
  expect(ended).toMatchObject({ kind: 'aborted', outcome: 'not-executed' });
  expect(produced).toBeLessThan(count / 2);
});

describe('the examples', () => {
  test('are understood', async () => {
    const { account } = await accountAt(
      soap(exampleText('dm/CreateMessage.resp.xml')),
      soap(exampleText('dm/CreateMessage.resp-1214.xml')),
    );
    await expect(account.createMessage(message())).resolves.toBe('1490000010');
    await expect(account.createMessage(message())).rejects.toMatchObject({
      failure: { code: '1214', message: expect.stringMatching(/:program\.exe$/) as string },
    });
  });
});
