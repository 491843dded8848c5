/** Large messages (VoDZ) from the mail to the box: what reaches ISDS, and what a fault on the way does. */
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { TIME_BUDGETS } from '../../src/core/index.ts';
import { demoBoxes, type Fault, octetsOf } from '../../src/sandbox/index.ts';
import { readUidl } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const MINUTE = 60_000;

/** Of those without arrival, and of all since the sending began. */
const LISTS = ['GetListOfSentMessages', 'GetListOfSentMessages'];
const MB = 1_000_000;

/** Lines of 72 octets of base64, as programs write them. */
function attachment(name: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,72}/g) ?? [];
  return [
    '--dil',
    `Content-Type: text/plain; charset=utf-8; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
    '',
    ...lines,
    '',
  ].join('\r\n');
}

const plans = [1, 2].map((number) => Buffer.alloc(11 * MB, `Výkres č. ${number}: půdorys přízemí. `));

/** Two files of eleven megabytes. */
const mail = [
  'Subject: Dokumentace',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=dil',
  '',
  ...plans.map((content, index) => attachment(`vykres ${index + 1}.txt`, content)),
  '--dil--',
].join('\r\n');

async function house(...faults: readonly Fault[]) {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const timeBudgets = { ...TIME_BUDGETS };
  const whole = await startWhole({ clock, timeBudgets });
  onTestFinished(() => whole.stop());
  const { world, calls, faults: plan } = whole.sandbox;
  plan.add(...faults);
  const send = (boxes: readonly string[] = [demoBoxes.company]) =>
    sendMail(whole.gateway.ports.smtp, 'urad01', 'Podatelna-1234', {
      from: `urad01@${domain}`,
      to: boxes.map((box) => `${box}@${domain}`),
      mail,
    });
  const sending = () =>
    calls
      .all()
      .map(({ operation = '' }) => operation)
      .filter((operation) => /^(Create|Upload|GetListOf)/.test(operation));
  const sent = () =>
    world.messagesOf(demoBoxes.office, 'sender').filter(({ annotation, vodz }) => vodz && annotation === 'Dokumentace');
  const uidl = () => readUidl(whole.gateway.ports.pop3, 'urad01', 'Podatelna-1234');
  return { clock, timeBudgets, send, sending, sent, uidl };
}

const UPLOADS = ['UploadAttachment', 'UploadAttachment'];

test('more than twenty megabytes: the files are uploaded, then the message refers to them', async () => {
  const { send, sending, sent } = await house();
  const reply = await send();
  const [message] = sent();
  expect(reply).toContain(`250 2.0.0 Datová zpráva ${message?.dmID} odeslána`);
  expect(sending()).toEqual([...UPLOADS, 'CreateBigMessage']);
  const digests = message?.files.map(({ name, metaType, content }) => [
    name,
    metaType,
    createHash('sha256').update(octetsOf(content)).digest('hex'),
  ]);
  expect(digests).toEqual(
    plans.map((content, index) => [
      `vykres ${index + 1}.txt`,
      index === 0 ? 'main' : 'enclosure',
      createHash('sha256').update(content).digest('hex'),
    ]),
  );
});

test('uploads that take longer than a mail program waits go on, and the message arrives whole', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { timeBudgets, send, sending, sent, uidl } = await house({
    operation: 'UploadAttachment',
    kind: 'held',
    until: promise,
  });
  timeBudgets.data = 50;
  expect(await send()).toMatch(/^451 4\.4\.0 Zpráva se stále odesílá/);
  expect(await send()).toMatch(/^451 4\.4\.0 Zpráva se stále odesílá/);
  resolve();
  await expect.poll(uidl, { timeout: 60_000 }).toContain('report-1');
  expect(sending().filter((operation) => !operation.startsWith('GetListOf'))).toEqual([...UPLOADS, 'CreateBigMessage']);
  expect(sent().map(({ files }) => files.map(({ content }) => octetsOf(content).equals(plans[0]!)))).toEqual([
    [true, false],
  ]);
});

test('two recipients: each gets a message, the files are uploaded once', async () => {
  const { send, sending, sent } = await house();
  expect(await send([demoBoxes.company, demoBoxes.builder])).toMatch(/^250-2\.0\.0 Počet odeslaných datových zpráv: 2/);
  expect(sending()).toEqual([...UPLOADS, 'CreateBigMessage', 'CreateBigMessage']);
  expect(
    sent()
      .map(({ recipient }) => recipient.boxId)
      .toSorted(),
  ).toEqual([demoBoxes.company, demoBoxes.builder].toSorted());
});

test('the answer to CreateBigMessage is lost: the repetition finds the message and sends nothing', async () => {
  const { clock, send, sending, sent } = await house({ operation: 'CreateBigMessage', kind: 'lostAnswer' });
  expect(await send()).toMatch(/^451 4\.3\.0 Není jisté/);
  clock.ahead += 3 * MINUTE;
  expect(await send()).toContain(`Datová zpráva ${sent()[0]?.dmID} už byla odeslána`);
  expect(sent()).toHaveLength(1);
  expect(sending()).toEqual([...UPLOADS, 'CreateBigMessage', ...LISTS]);
});

test.each([true, undefined])(
  '504 in answer to CreateBigMessage, carried out: %s: the message exists once',
  async (executed) => {
    const { clock, send, sent, sending } = await house({
      operation: 'CreateBigMessage',
      kind: 'http',
      status: 504,
      ...(executed && { executed }),
    });
    expect(await send()).toMatch(/^451 4\.3\.0 Není jisté/);
    clock.ahead += 3 * MINUTE;
    expect(await send()).toMatch(executed ? /^250 2\.0\.0 .*už byla/ : /^250 2\.0\.0 (?!.*už byla)/);
    expect(sent()).toHaveLength(1);
    expect(sending().filter((operation) => operation === 'CreateBigMessage')).toHaveLength(executed ? 1 : 2);
  },
);

test.each<[string, Fault, RegExp]>([
  ['the answer to an upload is lost', { operation: 'UploadAttachment', kind: 'lostAnswer' }, /^451 4\.4\.1 /],
  [
    'the virus check takes too long',
    { operation: 'UploadAttachment', kind: 'status', code: '2046' },
    /^451 4\.3\.[02] /,
  ],
])('%s: nothing is in doubt, and the repetition sends at once', async (_, fault, reply) => {
  const { send, sending, sent } = await house(fault);
  expect(await send()).toMatch(reply);
  expect(await send()).toMatch(/^250 2\.0\.0 Datová zpráva \d+ odeslána/);
  expect(sent()).toHaveLength(1);
  expect(sending()).toEqual(['UploadAttachment', ...UPLOADS, 'CreateBigMessage']);
});

test('ISDS has dropped the uploads: they are made once more, and the message is created once', async () => {
  const { send, sending, sent } = await house({ operation: 'CreateBigMessage', kind: 'status', code: '1294' });
  expect(await send()).toMatch(/^250 2\.0\.0 /);
  expect(sending()).toEqual([...UPLOADS, 'CreateBigMessage', ...UPLOADS, 'CreateBigMessage']);
  expect(sent()).toHaveLength(1);
});

test('too many large messages at the moment: the repetition uses the uploads that are there', async () => {
  const { send, sending } = await house({ operation: 'CreateBigMessage', kind: 'status', code: '3013' });
  expect(await send()).toMatch(/^451 4\.3\.\d /);
  expect(await send()).toMatch(/^250 2\.0\.0 /);
  expect(sending()).toEqual([...UPLOADS, 'CreateBigMessage', 'CreateBigMessage']);
});
