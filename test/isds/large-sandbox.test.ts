/** Sending and fetching large messages, and the rest of sending, with the sandbox: it knows the same facts and shares no code. */
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { Secret, systemClock } from '../../src/core/index.ts';
import { createIsds, type IsdsAccount, type OutgoingFile, type UploadedFile } from '../../src/isds/index.ts';
import { demoBoxes, demoLogins, startSandbox } from '../../src/sandbox/index.ts';
import { file } from './outgoing.ts';

async function sandboxWithTwo() {
  const sandbox = await startSandbox({ clock: systemClock });
  onTestFinished(() => sandbox.close());
  const isds = createIsds(
    {
      domain: 'sandbox',
      baseUrls: { ws1: sandbox.url, ws2: sandbox.url },
      ca: undefined,
      userAgent: 'Postolka/0.1',
    },
    { clock: systemClock },
  );
  onTestFinished(() => isds.close());
  const accountOf = (box: string): IsdsAccount => {
    const login = demoLogins.find(({ boxId }) => boxId === box);
    return isds.account({ kind: 'password', login: login?.name ?? '', password: new Secret(login?.password ?? '') });
  };
  return { sandbox, sender: accountOf(demoBoxes.company), recipient: accountOf(demoBoxes.office) };
}

const text = (name: string, octets: number): { file: OutgoingFile; content: Buffer } => {
  const content = Buffer.from(randomBytes(octets / 2).toString('hex'));
  const chunks = Array.from({ length: Math.ceil(octets / 65_536) }, (_, index) =>
    content.subarray(index * 65_536, (index + 1) * 65_536),
  );
  return { file: file(chunks, { name, mimeType: 'text/plain' }), content };
};

async function sent(sender: IsdsAccount, uploaded: readonly UploadedFile[]): Promise<string> {
  return sender.createBigMessage({
    recipientBox: demoBoxes.office,
    annotation: 'Projektová dokumentace',
    files: uploaded.map((one, index) => ({ uploaded: one, metaType: index === 0 ? 'main' : 'enclosure' })),
  });
}

test('a message of 24 MB arrives as it was sent, plain and under seal', async () => {
  const { sandbox, sender, recipient } = await sandboxWithTwo();
  const plans = text('Výkresy – žlutě.txt', 23_000_000);
  const report = text('Zpráva.txt', 1_000_000);
  const uploads: UploadedFile[] = [];
  for (const one of [plans, report]) uploads.push(await sender.uploadAttachment(one.file));
  expect(uploads.flatMap(({ digests }) => digests.map(({ algorithm }) => algorithm))).toEqual([
    'SHA-256',
    'SHA3-256',
    'SHA-256',
    'SHA3-256',
  ]);
  const dmID = await sent(sender, uploads);
  const listed = await recipient.listReceived({ statusFilter: -1, limit: 100 });
  expect(listed.find((envelope) => envelope.dmID === dmID)).toMatchObject({ vodz: true });

  for (const [download, decode] of [
    [recipient.downloadBigMessage(dmID), (octets: Buffer) => octets],
    [recipient.downloadBigOriginal(dmID), (octets: Buffer) => Buffer.from(octets.toString('latin1'), 'base64')],
  ] as const) {
    const files: { name: string; content: Buffer[] }[] = [];
    let ended = 0;
    for await (const event of download) {
      if (event.kind === 'file') files.push({ name: event.file.name, content: [] });
      if (event.kind === 'content') files.at(-1)?.content.push(event.octets);
      if (event.kind === 'end') ended++;
    }
    expect(ended).toBe(1);
    expect(files.map(({ name }) => name)).toEqual(['Výkresy – žlutě.txt', 'Zpráva.txt']);
    const contents = files.map(({ content }) => decode(Buffer.concat(content)));
    expect(contents[0]?.equals(plans.content)).toBe(true);
    expect(contents[1]?.equals(report.content)).toBe(true);
  }
  expect(sandbox.calls.count('CreateBigMessage')).toBe(1);
  await expect(Array.fromAsync(recipient.downloadMessage(dmID))).rejects.toMatchObject({ code: '1281' });
});

test('what ISDS does not find or finds too small is refused, and nothing was sent', async () => {
  const { sender } = await sandboxWithTwo();
  const small = await sender.uploadAttachment(text('malá.txt', 1_000).file);
  await expect(sent(sender, [small])).rejects.toMatchObject({ code: '1297', outcome: 'not-executed' });
  await expect(sent(sender, [{ ...small, attachmentId: '999999' }])).rejects.toMatchObject({
    failure: { code: '1294', class: 'upload-again' },
    outcome: 'not-executed',
  });
  const [first, second] = small.digests;
  const wrong = { ...first, value: first.value.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
  await expect(sent(sender, [{ ...small, digests: [wrong, second] }])).rejects.toMatchObject({
    failure: { code: '1290', class: 'upload-again' },
    outcome: 'not-executed',
  });
});

test('an ordinary message refuses the services for large ones', async () => {
  const { sandbox, recipient } = await sandboxWithTwo();
  const { dmID } = sandbox.world.deliver({
    from: demoBoxes.company,
    to: demoBoxes.office,
    annotation: 'Malá',
    files: [{ name: 'a.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('ž') }],
  });
  await recipient.listReceived({ statusFilter: -1, limit: 100 });
  await expect(Array.fromAsync(recipient.downloadBigMessage(dmID))).rejects.toMatchObject({ code: '1281' });
  await expect(Array.fromAsync(recipient.downloadBigOriginal(dmID))).rejects.toMatchObject({ code: '1281' });
});

test('a message whose answer was lost leaves doubt, and was sent once', async () => {
  const { sandbox, sender } = await sandboxWithTwo();
  const upload = await sender.uploadAttachment(text('velká.txt', 19_000_000).file);
  sandbox.faults.add({ kind: 'lostAnswer', operation: 'CreateBigMessage' });
  await expect(sent(sender, [upload])).rejects.toMatchObject({ outcome: 'unknown' });
  expect(sandbox.calls.count('CreateBigMessage')).toBe(1);
});

test('several boxes at once', async () => {
  const { sender } = await sandboxWithTwo();
  const outcomes = await sender.createMultipleMessage({
    annotation: 'Pozvánka',
    recipients: [{ boxId: demoBoxes.office }, { boxId: 'aaaaaaa' }],
    files: [text('pozvánka.txt', 100).file],
  });
  expect(outcomes).toMatchObject([{ dmID: expect.stringMatching(/^\d+$/) as string }, { error: { code: '1203' } }]);
});

test('boxes of an organisation, ways to pay and prices', async () => {
  const { sender } = await sandboxWithTwo();
  const boxes = await sender.findBoxesByIco('00654329');
  expect(boxes.map(({ boxId }) => boxId)).toContain(demoBoxes.office);
  expect(await sender.pdzOffers()).toContainEqual(expect.objectContaining({ payerBox: demoBoxes.company }));
  await expect(sender.prices()).resolves.toEqual({
    fromCredit: 1_000,
    byContract: 1_000,
    largeFromCredit: 3_000,
    largeByContract: 3_000,
  });
});
