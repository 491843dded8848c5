/** A user who mixes both spellings of his address in his programs: one maildrop, one sender, one account at ISDS. */
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { openSession, readUidl } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole, type Whole } from './whole.ts';

const LOGIN = `zofie1@${domain}`;
const BOX = `${demoBoxes.person}@${domain}`;
const PASSWORD = 'Kocka-na-okne-9';
const REFUSED =
  '-ERR [AUTH] S ID schranky se odtud nelze prihlasit, nebo heslo neni spravne. Zadejte prihlasovaci jmeno do datove schranky.';

let whole: Whole;

beforeAll(async () => {
  whole = await startWhole();
  return () => whole.stop();
});

test('before anybody has logged in with the login, the box is refused and ISDS hears nothing', async () => {
  await expect(openSession(whole.gateway.ports.pop3, BOX, PASSWORD)).rejects.toThrow(REFUSED);
  expect(whole.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBe(0);
});

test('afterwards both spellings show the same mails, and what one of them deletes the other does not have', async () => {
  const { pop3 } = whole.gateway.ports;
  const uids = await readUidl(pop3, LOGIN, PASSWORD);
  expect(uids.length).toBeGreaterThan(0);
  expect(await readUidl(pop3, BOX.toUpperCase(), PASSWORD)).toEqual(uids);
  const session = await openSession(pop3, BOX, PASSWORD);
  await session.command('DELE 1');
  await session.quit();
  expect(await readUidl(pop3, LOGIN, PASSWORD)).toEqual(uids.slice(1));
  expect(await readUidl(pop3, BOX.replace('@', '+telefon@'), PASSWORD)).toEqual(uids);
  expect(whole.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBe(1);
});

test.each([LOGIN, BOX, BOX.replace('@', '+telefon@')])(
  'mail as %s goes out for a log-in with the box',
  async (from) => {
    const mail = `Subject: Zadost ${from}\r\nMessage-ID: <${from}>\r\n\r\nDobry den,\r\nzadam o vypis.`;
    const letter = { from, to: `${demoBoxes.office}@${domain}`, mail };
    expect(await sendMail(whole.gateway.ports.smtp, BOX, PASSWORD, letter)).toMatch(/^250 2\.0\.0 /m);
  },
);

test('a restart does not make the network forget: the box logs in again although no password is remembered', async () => {
  const { store } = whole;
  const again = await startWhole({ store });
  onTestFinished(() => again.stop());
  expect((await readUidl(again.gateway.ports.pop3, BOX, PASSWORD)).length).toBeGreaterThan(0);
});
