import { describe, expect, test } from 'vitest';
import type { IsdsError, OutgoingMultiple } from '../../src/isds/index.ts';
import { parseXml, type XmlElement } from '../../src/isds/xml/xml.ts';
import { exampleText } from './examples.ts';
import { accountAt, type Answer, answers, http, soap, status } from './fake-isds.ts';
import { file, TEXT } from './outgoing.ts';

const RECIPIENTS = [{ boxId: 'urad453' }, { boxId: 'pepa23v', toHands: 'Žaneta Ďábelská' }];

function multiple(changes: Partial<OutgoingMultiple> = {}): OutgoingMultiple {
  return { annotation: 'Pozvánka na schůzi', recipients: RECIPIENTS, files: [file([TEXT])], ...changes };
}

function single(code: string, dmID = '', text = 'Provedeno úspěšně.'): string {
  return `<q:dmSingleStatus>${dmID && `<q:dmID>${dmID}</q:dmID>`}${status('dm', code, text)}</q:dmSingleStatus>`;
}

function outcomes(...singles: string[]): Answer {
  return answers(
    'CreateMultipleMessage',
    `<q:dmMultipleStatus>${singles.join('')}</q:dmMultipleStatus>`,
    status('dm', '0004', 'Některé datové zprávy nebyly úspěšně odeslány.'),
  );
}

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

test('the request names every recipient and carries the files once', async () => {
  const { fake, account } = await accountAt(outcomes(single('0000', '11'), single('0000', '12')));
  await account.createMultipleMessage(multiple({ senderRefNumber: 'Č. j. 7/2026' }));
  expect(fake.received.map(({ path }) => path)).toEqual(['/DS/dz']);
  const [{ body, headers }] = fake.received as [(typeof fake.received)[0]];
  expect(headers['content-length']).toBe(String(body.length));
  const root = parseXml(body);
  expect(find(root, 'dmRecipient').map(({ children }) => children.map(({ name, text }) => [name, text]))).toEqual([
    [
      ['dbIDRecipient', 'urad453'],
      ['dmToHands', ''],
    ],
    [
      ['dbIDRecipient', 'pepa23v'],
      ['dmToHands', 'Žaneta Ďábelská'],
    ],
  ]);
  expect(find(root, 'dmSenderRefNumber').map(({ text }) => text)).toEqual(['Č. j. 7/2026']);
  expect(find(root, 'dmEncodedContent').map(({ text }) => Buffer.from(text, 'base64'))).toEqual([TEXT]);
});

test('each recipient has an outcome, in the order of the answer', async () => {
  const { account } = await accountAt(
    outcomes(single('0000', '11'), single('1204', '', 'Schránka příjemce není přístupná.')),
  );
  const [first, second] = await account.createMultipleMessage(multiple());
  expect(first).toEqual({ dmID: '11' });
  expect(second).toMatchObject({ error: { code: '1204', outcome: 'not-executed' } });
});

describe('whether one message of several was sent nobody knows, when', () => {
  test.each([
    ['ISDS failed inside for that recipient', single('9005')],
    ['its success came without a number', single('0000')],
    ['its refusal came with a number', single('1204', '11')],
    ['its outcome cannot be read', '<q:dmSingleStatus xsi:nil="true"/>'],
  ])('%s', async (_, broken) => {
    const { account } = await accountAt(outcomes(broken, single('0000', '12')));
    const [first, second] = await account.createMultipleMessage(multiple());
    expect(first).toMatchObject({ error: { outcome: 'unknown' } });
    expect(second).toEqual({ dmID: '12' });
  });
});

async function failureOf(answer: Answer, message = multiple()): Promise<IsdsError> {
  const { fake, account } = await accountAt(answer);
  const error = await account.createMultipleMessage(message).catch((reason: unknown) => reason);
  expect(fake.received.length).toBeLessThanOrEqual(1);
  return error as IsdsError;
}

describe('all of it failed', () => {
  test('for nobody, when ISDS refused the whole', async () => {
    const refused = answers('CreateMultipleMessage', '', status('dm', '1217', 'Příliš mnoho adresátů'));
    expect(await failureOf(refused)).toMatchObject({ code: '1217', outcome: 'not-executed' });
  });

  test('for nobody, when a file is not as long as it was said', async () => {
    const bad = multiple({ files: [file([TEXT], { size: TEXT.length + 1 })] });
    expect(await failureOf(outcomes(), bad)).toMatchObject({ kind: 'unsendable', outcome: 'not-executed' });
  });

  test.each([
    ['there is an outcome too few', outcomes(single('0000', '11'))],
    [
      'all is refused and one has a number',
      answers(
        'CreateMultipleMessage',
        `<q:dmMultipleStatus>${single('0000', '11')}${single('1204')}</q:dmMultipleStatus>`,
        status('dm', '1217', ''),
      ),
    ],
    ['there are no outcomes', answers('CreateMultipleMessage', '')],
    ['the server failed', http(500, 'text/html', '')],
    ['the answer was lost', ((response) => response.socket?.destroy()) satisfies Answer],
  ])('and nobody knows for whom, when %s', async (_, answer) => {
    expect(await failureOf(answer)).toMatchObject({ outcome: 'unknown' });
  });
});

test('the example is understood', async () => {
  const { account } = await accountAt(soap(exampleText('dm/CreateMultipleMessage.resp-0004.xml')));
  const [first, second] = await account.createMultipleMessage(multiple());
  expect(first).toEqual({ dmID: '1490000011' });
  expect(second).toMatchObject({ error: { code: '1204' } });
});
