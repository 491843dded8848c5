/** Every strange answer to the calls that send, before and after they were carried out: each message exists once in the end. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { TIME_BUDGETS } from '../../src/core/index.ts';
import { demoBoxes, type FaultKind, octetsOf } from '../../src/sandbox/index.ts';
import { openSession } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole, type WholeOptions } from './whole.ts';

const MINUTE = 60_000;

/** After any of these nobody knows. */
const DOUBTS: readonly FaultKind[] = [
  { kind: 'http503', page: 'static' },
  ...[302, 400, 403, 404, 408, 429, 499, 500, 502, 504].map((status): FaultKind => ({ kind: 'http', status })),
  { kind: 'soapFault' },
  { kind: 'html200' },
  { kind: 'blank200' },
  { kind: 'garbage' },
  { kind: 'foreignAnswer' },
  { kind: 'truncated' },
  { kind: 'reset' },
  ...['3003', '9005', '9603'].map((code): FaultKind => ({ kind: 'status', code })),
];

/** After these nothing was carried out. */
const CERTAIN: readonly FaultKind[] = [
  { kind: 'http503' },
  { kind: 'http', status: 599 },
  ...['1204', '2007', '3000'].map((code): FaultKind => ({ kind: 'status', code })),
];

const nameOf = (fault: FaultKind): string => Object.values(fault).join(' ');

async function house(options: WholeOptions = {}) {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ clock, ...options });
  onTestFinished(() => whole.stop());
  const { sandbox, gateway } = whole;
  /** `number` in the attachment is all that tells one mail from another. */
  const send = (number: number, boxes: readonly string[] = [demoBoxes.company]) =>
    sendMail(gateway.ports.smtp, 'urad01', 'Podatelna-1234', {
      from: `urad01@${domain}`,
      to: boxes.map((box) => `${box}@${domain}`),
      mail: `Subject: Vyrozumeni\r\nMessage-ID: <${number}@pocitac>\r\nContent-Type: text/plain; name=priloha.txt\r\nContent-Disposition: attachment; filename=priloha.txt\r\n\r\n${number}`,
    });
  const sent = () =>
    sandbox.world
      .messagesOf(demoBoxes.office, 'sender')
      .filter(({ annotation }) => annotation === 'Vyrozumeni')
      .map(({ files, recipient }) => `${octetsOf(files[0]!.content).toString().trim()} ${recipient.boxId}`)
      .toSorted();
  const operations = () => sandbox.calls.all().map(({ operation }) => operation ?? '');
  return { whole, clock, send, sent, operations };
}

async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

describe.each([
  ['CreateMessage', [demoBoxes.company]],
  ['CreateMultipleMessage', [demoBoxes.company, demoBoxes.builder]],
] as const)('%s', (operation, boxes) => {
  const wanted = [1, 2].flatMap((number) => boxes.map((box) => `${number} ${box}`)).toSorted();

  test.each(DOUBTS.map((fault) => [nameOf(fault), fault] as const))(
    '%s: the one that was carried out is found, the one that was not is sent',
    async (_, fault) => {
      const { whole, clock, send, sent, operations } = await house();
      // The younger one was taken: by its age, too, it would be the wrong one.
      whole.sandbox.faults.add({ ...fault, operation }, { ...fault, operation, executed: true });
      expect(await send(2, boxes)).toMatch(/^451[ -]4\.3\.0 Není jisté/);
      expect(await send(1, boxes)).toMatch(/^451[ -]4\.3\.0 Není jisté/);
      clock.ahead += 3 * MINUTE;
      // The one that was not carried out first: by its looks it would be taken for the other one.
      expect(await send(2, boxes)).toMatch(/^250[- ]2\.0\.0 (?![\s\S]*už byla)/);
      expect(await send(1, boxes)).toMatch(/^250[- ]2\.0\.0 [\s\S]*už byla/);
      expect(sent()).toEqual(wanted);
      const about = operations().filter((name) => /Sent|Create|Received/.test(name));
      expect(about).toEqual([
        operation,
        operation,
        'GetListOfSentMessages',
        'GetListOfSentMessages',
        ...boxes.map(() => 'SignedSentMessageDownload'),
        // Once more before anything counts as not sent.
        'GetListOfSentMessages',
        'GetListOfSentMessages',
        operation,
      ]);
    },
  );

  test.each(CERTAIN.map((fault) => [nameOf(fault), fault] as const))(
    '%s: nothing was carried out, and nothing is looked for',
    async (_, fault) => {
      const { whole, send, sent, operations } = await house();
      whole.sandbox.faults.add({ ...fault, operation });
      expect(await send(1, boxes)).not.toMatch(/^250|Není jisté/);
      expect(await send(1, boxes)).toMatch(/^250/);
      expect(sent()).toHaveLength(boxes.length);
      expect(operations()).not.toContain('GetListOfSentMessages');
    },
  );
});

test('401 in the place of the answer: nothing was carried out', async () => {
  const { whole, send, sent, operations } = await house();
  whole.sandbox.faults.add({ kind: 'http', status: 401, operation: 'CreateMessage' });
  expect(await send(1)).not.toMatch(/^250|Není jisté/);
  expect(sent()).toEqual([]);
  expect(operations()).not.toContain('GetListOfSentMessages');
});

test.each([true, undefined])('no answer until the gateway is stopped (carried out: %s)', async (executed) => {
  const first = await house({ timeBudgets: { ...TIME_BUDGETS, data: 200 } });
  const { sandbox } = first.whole;
  sandbox.faults.add({ kind: 'hang', operation: 'CreateMessage', ...(executed && { executed }) });
  expect(await first.send(1)).toMatch(/^451[ -]4\.4\.0/);
  await sandbox.calls.arrived('CreateMessage', 1);
  expect(first.sent()).toHaveLength(executed ? 1 : 0);
});

test('a log-in to read settles what was sent, and the maildrop tells it; nothing is picked up for that', async () => {
  const { whole, clock, send, sent, operations } = await house();
  whole.sandbox.faults.add({ kind: 'lostAnswer', operation: 'CreateMessage' });
  whole.sandbox.faults.add({ kind: 'status', code: '9005', operation: 'CreateMessage' });
  await send(1);
  await send(2);
  clock.ahead += 3 * MINUTE;
  const port = whole.gateway.ports.pop3;
  const told = async (count: number): Promise<void> => {
    await expect.poll(() => whole.log.filter(({ msg }) => msg === 'doubts told').length).toBe(count);
  };
  await (await openSession(port, 'urad01', 'Podatelna-1234')).quit();
  await told(1);
  clock.ahead += 15 * MINUTE;
  const session = await openSession(port, 'urad01', 'Podatelna-1234');
  await told(2);
  expect(operations()).not.toContain('GetListOfReceivedMessages');
  const uids = await session.list('UIDL');
  const reports = uids.filter((line) => line.includes('report-')).map((line) => line.split(' ')[0] ?? '');
  expect(reports).toHaveLength(2);
  const [outcome = '', notSent = ''] = await inTurns(reports, async (number) =>
    (await session.list(`RETR ${number}`)).join('\n'),
  );
  const [message] = whole.sandbox.world.messagesOf(demoBoxes.office, 'sender');
  expect(outcome).toContain(message?.dmID);
  expect(notSent).toContain('Action: failed');
  await session.quit();
  expect(await send(1)).toMatch(/^250 2\.0\.0 .*už byla/);
  expect(sent()).toHaveLength(1);
});
