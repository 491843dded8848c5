/** ISDS is silent: what mail programs are answered meanwhile, what reached ISDS, and what the maildrop tells later. */
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { TIME_BUDGETS } from '../../src/core/index.ts';
import { BoxState, demoBoxes, demoLogins } from '../../src/sandbox/index.ts';
import { openSession, readUidl } from './pop3-session.ts';
import { type Letter, sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const { name, password } = demoLogins.find(({ boxId }) => boxId === demoBoxes.company)!;
const { office } = demoBoxes;

/** Enough for a busy computer; nothing waits this long. */
const LONG = { timeout: 60_000 };

/** Programs are in a hurry as long as ISDS is silent, and wait as usual before and after. */
async function house(settings: Readonly<Record<string, string>> = {}) {
  const timeBudgets = { ...TIME_BUDGETS };
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ timeBudgets, clock, settings });
  onTestFinished(() => whole.stop());
  const { sandbox, gateway } = whole;
  const silence = (operation: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sandbox.faults.add({ kind: 'held', until: promise, operation });
    Object.assign(
      timeBudgets,
      operation === 'GetOwnerInfoFromLogin2' ? { login: 50, poll: 50 } : { poll: 50, data: 50 },
    );
    return () => {
      resolve();
      Object.assign(timeBudgets, TIME_BUDGETS);
    };
  };
  const send = (changes: Partial<Letter> = {}) =>
    sendMail(gateway.ports.smtp, name, password, {
      from: `${name}@${domain}`,
      to: `${office}@${domain}`,
      mail: 'Subject: =?utf-8?Q?Pod=C3=A1n=C3=AD?=\r\nMessage-ID: <podani@pocitac>\r\n\r\nDobry den.',
      ...changes,
    });
  const sent = () =>
    sandbox.world.messagesOf(demoBoxes.company, 'sender').filter(({ annotation }) => annotation === 'Podání');
  const uidl = () => readUidl(gateway.ports.pop3, name, password);
  /** Comes when the sending has ended. */
  const report = async () => {
    await expect.poll(uidl, LONG).toContain('report-1');
    expect((await uidl()).filter((uid) => uid.startsWith('report-'))).toEqual(['report-1']);
    const session = await openSession(gateway.ports.pop3, name, password);
    const entry = (await session.list('UIDL')).find((line) => line.endsWith(' report-1'));
    const lines = await session.list(`RETR ${entry?.split(' ')[0]}`);
    await session.quit();
    return simpleParser(Buffer.from(lines.join('\r\n'), 'latin1'));
  };
  const count = (operation: string) => sandbox.calls.count(operation);
  const reached = async (operation: string) => {
    await expect.poll(() => count(operation), LONG).toBe(1);
  };
  return { whole, sandbox, clock, timeBudgets, silence, send, sent, uidl, report, count, reached };
}

const UNDER_WAY =
  /^451 4\.4\.0 Zpráva se stále odesílá, ISDS zatím neodpověděl\. Neposílejte ji znovu ani jinou cestou/;

test('a mail that ISDS does not answer is sent once, told by one report, and a repetition gets its number', async () => {
  const { silence, send, sent, report, count, reached } = await house();
  const speak = silence('CreateMessage');
  expect(await send()).toMatch(UNDER_WAY);
  expect(await send()).toMatch(UNDER_WAY);
  await reached('CreateMessage');
  expect(sent()).toHaveLength(1);
  speak();
  const { subject, text, inReplyTo } = await report();
  const [{ dmID } = { dmID: '' }] = sent();
  expect(subject).toBe('Výsledek odesílání: odesláno 1 z 1 datových zpráv');
  expect(text).toContain(`Odesláno:\n${office}: datová zpráva ${dmID}\n`);
  expect(text).toContain('Co dělat: nic.');
  expect(inReplyTo).toBe('<podani@pocitac>');
  expect(await send()).toContain(`250 2.0.0 Datová zpráva ${dmID} už byla odeslána`);
  expect(count('CreateMessage')).toBe(1);
});

test('a repetition that still waits when ISDS answers hears the result, and no report comes', async () => {
  const { silence, send, sent, uidl, count, whole } = await house();
  const speak = silence('CreateMessage');
  expect(await send()).toMatch(UNDER_WAY);
  whole.log.length = 0;
  speak();
  expect(await send()).toMatch(/^250 2\.0\.0 Datová zpráva \d+ (?:už byla )?odeslána/);
  expect(sent()).toHaveLength(1);
  expect(count('CreateMessage')).toBe(1);
  expect((await uidl()).filter((uid) => uid.startsWith('report-'))).toHaveLength(
    whole.log.filter(({ msg }) => msg === 'sending reported').length,
  );
});

test('a refusal that comes too late is reported with its reason', async () => {
  const { sandbox, silence, send, sent, report, count } = await house();
  const speak = silence('CreateMessage');
  const closes = () => void (sandbox.world.box(office).state = BoxState.closed);
  expect(await send({ afterRecipients: closes })).toMatch(UNDER_WAY);
  speak();
  const { subject, text } = await report();
  expect(subject).toBe('Výsledek odesílání: odesláno 0 z 1 datových zpráv');
  expect(text).toContain(`Neodesláno:\n${office}: Datová schránka ${office} nepřijímá zprávy`);
  expect(text).toContain('Co dělat: odstraňte příčinu a pošlete zprávu znovu.');
  expect(sent()).toEqual([]);
  expect(count('CreateMessage')).toBe(1);
});

test('a program that leaves before the reply finds the result in its maildrop', async () => {
  const { whole, timeBudgets, silence, send, sent, report, reached } = await house();
  const speak = silence('CreateMessage');
  Object.assign(timeBudgets, TIME_BUDGETS);
  await send({ leave: () => reached('CreateMessage') });
  await expect.poll(() => whole.log.map(({ msg }) => msg), LONG).toContain('smtp session closed');
  speak();
  expect((await report()).text).toContain(`${office}: datová zpráva ${sent()[0]?.dmID}`);
  expect(await send()).toMatch(/^250 2\.0\.0 Datová zpráva \d+ už byla odeslána/);
});

test('when the gateway ends, a sending under way is waited for, and its report is kept', async () => {
  const { whole, silence, send, sent } = await house({ POSTOLKA_DRAIN_SECONDS: '30' });
  const speak = silence('CreateMessage');
  expect(await send()).toMatch(UNDER_WAY);
  const closed = whole.gateway.close();
  speak();
  await closed;
  expect(await whole.store.reports.of(name)).toMatchObject([{ kind: 'outcome', sent: [{ dmID: sent()[0]?.dmID }] }]);
});

test('when the time to end is over the sending is cut off and stays in doubt: nothing is claimed of it', async () => {
  const { whole, silence, send, sent, reached } = await house({ POSTOLKA_DRAIN_SECONDS: '0' });
  silence('CreateMessage');
  expect(await send()).toMatch(UNDER_WAY);
  await reached('CreateMessage');
  await whole.gateway.close();
  expect(sent()).toHaveLength(1);
  expect(await whole.store.reports.of(name)).toEqual([]);
});

test('a list call that hangs keeps no reader waiting, is sent once, and serves the next poll', async () => {
  const { sandbox, clock, silence, uidl, count, whole } = await house({ POSTOLKA_PICKUP_INTERVAL_MINUTES: '5' });
  const known = await uidl();
  clock.ahead += 6 * 60_000;
  const { dmID } = sandbox.world.deliver({ from: office, to: demoBoxes.company, annotation: 'Výzva', files: [] });
  const speak = silence('GetListOfReceivedMessages');
  expect(await uidl()).toEqual(known);
  expect(await uidl()).toEqual(known);
  speak();
  await expect.poll(uidl, LONG).toEqual([...known, dmID]);
  expect(count('GetListOfReceivedMessages')).toBe(2);
  expect(await whole.store.deliveries.newest(name, 1)).toMatchObject([{ outcome: 'listed' }]);
});

test('where no list is known a poll under a silent ISDS is refused for now', async () => {
  const { silence, uidl, count } = await house({ POSTOLKA_PICKUP_INTERVAL_MINUTES: '5' });
  const speak = silence('GetListOfReceivedMessages');
  const refusal = [
    expect.stringMatching(/^-ERR \[SYS\/TEMP\] ISDS zatim neodpovedel a drivejsi seznam zprav neni znam\./),
  ];
  expect(await uidl()).toEqual(refusal);
  expect(await uidl()).toEqual(refusal);
  speak();
  await expect.poll(async () => (await uidl()).length, LONG).toBeGreaterThan(1);
  expect(count('GetListOfReceivedMessages')).toBe(1);
});

test('a log-in under a silent ISDS is refused for now, and one question serves the tries that follow', async () => {
  const { silence, count, whole } = await house();
  const logIn = async () => {
    const opened = openSession(whole.gateway.ports.pop3, name, password);
    return opened.then(() => 'in', String);
  };
  const speak = silence('GetOwnerInfoFromLogin2');
  expect(await logIn()).toContain('-ERR [SYS/TEMP] ISDS neodpovida');
  expect(await logIn()).toContain('-ERR [SYS/TEMP] ISDS neodpovida');
  speak();
  expect(await logIn()).toBe('in');
  expect(count('GetOwnerInfoFromLogin2')).toBe(1);
});

test('who was let in within a day is let in, with the last known list, however long ISDS is silent', async () => {
  const { clock, silence, uidl, count } = await house();
  const known = await uidl();
  clock.ahead += 60 * 60_000;
  const speak = silence('GetOwnerInfoFromLogin2');
  expect(await uidl()).toEqual(known);
  expect(count('GetOwnerInfoFromLogin2')).toBe(2);
  speak();
});
