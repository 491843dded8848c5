/** Logging in with the box's address: for those who are known, and no use to anybody else. */
import { expect, test } from 'vitest';
import { MINUTE, newGateway } from './fake-isds.ts';

const BOX = 'aydaadk@datovka.example.cz';
const HOME = '192.0.2.1';
const STRANGER = '198.51.100.9';
const DAY = 24 * 60 * MINUTE;
const PASSWORD = 'Heslo-1234';

/** A gateway where the box's only user logged in once. */
async function knownGateway() {
  const gateway = newGateway();
  await gateway.logIn('stastny1@datovka.example.cz', PASSWORD, HOME);
  return gateway;
}

async function refusalOf(login: Promise<unknown>): Promise<string> {
  return login.then(
    () => 'accepted',
    (error: unknown) => String(error),
  );
}

test('after a log-in with the login, the box leads to the same account, with its views', async () => {
  const { isds, logIn } = await knownGateway();
  expect(await logIn(BOX, PASSWORD, HOME)).toMatchObject({ account: 'stastny1', login: 'stastny1', view: '' });
  expect(await logIn(BOX.replace('@', '+telefon@').toUpperCase(), PASSWORD, HOME)).toMatchObject({
    account: 'stastny1',
    view: 'telefon',
  });
  expect(isds.loginChecks()).toBe(1);
});

test('a password that is remembered lets in from anywhere', async () => {
  const { logIn } = await knownGateway();
  expect(await logIn(BOX, PASSWORD, STRANGER)).toMatchObject({ account: 'stastny1' });
});

test('a new password is asked of ISDS for a network that was here lately, and for no other', async () => {
  const { isds, clock, logIn } = await knownGateway();
  isds.passwords.set('stastny1', 'Nove-heslo-1');
  clock.time = 20 * DAY;
  await expect(logIn(BOX, 'Nove-heslo-1', STRANGER)).rejects.toThrow('box-login-refused');
  expect(isds.loginChecks()).toBe(1);
  expect(await logIn(BOX, 'Nove-heslo-1', HOME)).toMatchObject({ account: 'stastny1' });
  expect(isds.loginChecks()).toBe(2);
});

test('a device that changes its address within the provider’s network every day is known', async () => {
  const { clock, logIn } = newGateway();
  await logIn('stastny1', PASSWORD, '2001:db8:1:2:aaaa::1');
  clock.time = 2 * DAY;
  expect(await logIn(BOX, PASSWORD, '2001:db8:1:2:bbbb::9')).toMatchObject({ account: 'stastny1' });
  await expect(logIn(BOX, 'jine', '2001:db8:1:3::1')).rejects.toThrow('box-login-refused');
});

test('after a month without a log-in the box is forgotten; until then it is known by each log-in anew', async () => {
  const { isds, clock, logIn } = await knownGateway();
  for (const day of [20, 40, 60]) {
    clock.time = day * DAY;
    await logIn(BOX, PASSWORD, HOME);
  }
  clock.time = 91 * DAY;
  await expect(logIn(BOX, PASSWORD, HOME)).rejects.toThrow('box-login-refused');
  expect(isds.loginChecks()).toBe(4);
});

test('a box with two known logins cannot be logged in to by its address', async () => {
  const { isds, logIn } = await knownGateway();
  isds.passwords.set('jiny0001', 'Jine-heslo-1');
  await logIn('jiny0001', 'Jine-heslo-1', HOME);
  const asked = isds.calls.length;
  await expect(logIn(BOX, PASSWORD, HOME)).rejects.toThrow('box-login-refused');
  await expect(logIn(BOX, 'Jine-heslo-1', HOME)).rejects.toThrow('box-login-refused');
  expect(isds.calls.length).toBe(asked);
});

test('a login that was refused is not learnt', async () => {
  const { logIn } = newGateway();
  await expect(logIn('stastny1', 'spatne', HOME)).rejects.toThrow('wrong-password');
  await expect(logIn(BOX, PASSWORD, HOME)).rejects.toThrow('box-login-refused');
});

test('a login that looks like a box is a login where no domain stands behind it', async () => {
  const { isds, logIn } = newGateway();
  isds.passwords.set('aydaadk', 'Heslo-5678');
  expect(await logIn('aydaadk', 'Heslo-5678', HOME)).toMatchObject({ account: 'aydaadk' });
});

test('lock-out by box ID: a stranger’s hundred passwords reach ISDS never and keep the owner from nothing', async () => {
  const { isds, clock, logIn } = await knownGateway();
  const asked = isds.calls.length;
  for (let guess = 0; guess < 100; guess++) {
    await expect(logIn(BOX, `hádám-${guess}`, `198.51.100.${guess}`)).rejects.toThrow('box-login-refused');
  }
  expect(isds.calls.length).toBe(asked);
  clock.time = 11 * MINUTE;
  await logIn(BOX, PASSWORD, HOME);
  await logIn('stastny1', PASSWORD, STRANGER);
});

test('lock-out by box ID from the owner’s own network: two wrong passwords reach ISDS, as those of a stranger', async () => {
  const { isds, logIn } = await knownGateway();
  for (let guess = 0; guess < 10; guess++) await refusalOf(logIn(BOX, `hádám-${guess}`, HOME));
  expect(isds.loginChecks()).toBe(1 + 2);
  await logIn(BOX, PASSWORD, HOME);
});

test('guessing at the remembered password by box ID ends after five tries of a network, thirty of all', async () => {
  const { logIn } = await knownGateway();
  for (let guess = 0; guess < 5; guess++) await refusalOf(logIn(BOX, `hádám-${guess}`, STRANGER));
  await expect(logIn(BOX, PASSWORD, STRANGER)).rejects.toThrow('box-login-refused');
  await logIn(BOX, PASSWORD, '203.0.113.1');
  for (let guess = 5; guess < 30; guess++) await refusalOf(logIn(BOX, `hádám-${guess}`, `203.0.113.${guess}`));
  await expect(logIn(BOX, PASSWORD, '203.0.113.99')).rejects.toThrow('box-login-refused');
  await logIn(BOX, PASSWORD, HOME);
});

test('the operator sees that a box is paused for a network, and lifts it by the box ID', async () => {
  const { clock, logIn, restraints, forgive } = await knownGateway();
  for (let guess = 0; guess < 5; guess++) await refusalOf(logIn(BOX, `hádám-${guess}`, STRANGER));
  expect(await restraints()).toEqual([
    {
      what: 'paused here after wrong passwords',
      account: 'aydaadk',
      network: STRANGER,
      until: clock.time + 60 * MINUTE,
    },
  ]);
  await forgive(BOX.toUpperCase());
  expect(await restraints()).toEqual([]);
  await logIn(BOX, PASSWORD, STRANGER);
});

test('probing which boxes have a record: known, unknown and shared boxes refuse in the same words, however often', async () => {
  const known = await knownGateway();
  const unknown = newGateway();
  const shared = await knownGateway();
  shared.isds.passwords.set('jiny0001', 'Jine-heslo-1');
  await shared.logIn('jiny0001', 'Jine-heslo-1', HOME);
  for (const { isds } of [known, unknown, shared]) isds.calls.length = 0;
  const probe = async ({ logIn }: Pick<typeof known, 'logIn'>) => {
    const answers: string[] = [];
    for (let guess = 0; guess < 40; guess++) answers.push(await refusalOf(logIn(BOX, `hádám-${guess}`, STRANGER)));
    return answers;
  };
  const answers = await probe(known);
  expect(new Set(answers).size).toBe(1);
  expect(await probe(unknown)).toEqual(answers);
  expect(await probe(shared)).toEqual(answers);
  expect([known, unknown, shared].flatMap(({ isds }) => isds.calls)).toEqual([]);
});

test('learning a login by its box: no refusal names it', async () => {
  const { log, logIn } = await knownGateway();
  expect(await refusalOf(logIn(BOX, 'hádám', STRANGER))).not.toContain('stastny1');
  expect(log.join('')).not.toContain('stastny1');
});
