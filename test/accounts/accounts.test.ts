import { expect, test } from 'vitest';
import { Refused, smtpReply } from '../../src/refusals/index.ts';
import { IsdsError } from '../../src/isds/index.ts';
import { MINUTE, newGateway } from './fake-isds.ts';

test('a right password becomes an identity with box, rights and view', async () => {
  const { logIn } = newGateway();
  expect(await logIn('stastny1+telefon@datovka.example.cz', 'Heslo-1234')).toMatchObject({
    account: 'stastny1',
    login: 'stastny1',
    view: 'telefon',
    box: { boxId: 'aydaadk' },
    rights: 255,
  });
});

test('a log-in asks only what delivers nothing', async () => {
  const { isds, logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234');
  expect(isds.calls).toEqual([
    'GetOwnerInfoFromLogin2 stastny1',
    'GetUserInfoFromLogin2 stastny1',
    'GetPasswordInfo stastny1',
  ]);
});

test('an accepted password is believed for its time and then asked again', async () => {
  const { isds, clock, logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234');
  clock.time = 10 * MINUTE - 1;
  await logIn('stastny1', 'Heslo-1234');
  expect(isds.loginChecks()).toBe(1);
  clock.time = 10 * MINUTE;
  await logIn('stastny1', 'Heslo-1234');
  expect(isds.loginChecks()).toBe(2);
});

test('a wrong password reaches ISDS once', async () => {
  const { isds, clock, logIn } = newGateway();
  for (const minute of [0, 1, 59]) {
    clock.time = minute * MINUTE;
    await expect(logIn('stastny1', 'spatne')).rejects.toThrow('wrong-password');
  }
  expect(isds.loginChecks()).toBe(1);
  clock.time = 60 * MINUTE;
  await expect(logIn('stastny1', 'spatne')).rejects.toThrow('wrong-password');
  expect(isds.loginChecks()).toBe(2);
});

test('the same wrong password ten times at once reaches ISDS once', async () => {
  const { isds, logIn } = newGateway();
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => logIn('stastny1', 'spatne')));
  expect(tries.every(({ status }) => status === 'rejected')).toBe(true);
  expect(isds.loginChecks()).toBe(1);
});

test('attack: the pause tells nobody which logins are known here', async () => {
  const { logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234', '192.0.2.1');
  const heard = async (by: typeof logIn, login: string): Promise<string[]> => {
    const said: string[] = [];
    for (const [index, password] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      await by(login, password, `198.51.100.${index}`).catch((error: Error) => said.push(error.message));
    }
    return said;
  };
  const ofKnown = await heard(logIn, 'stastny1');
  expect(ofKnown).toEqual(['wrong-password', 'wrong-password', 'logins-paused', 'logins-paused', 'logins-paused']);
  expect(await heard(newGateway().logIn, 'nikdo001')).toEqual(ofKnown);
});

test('three different wrong passwords pause the login for an hour', async () => {
  const { isds, clock, logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234');
  for (const password of ['a', 'b', 'c']) await expect(logIn('stastny1', password)).rejects.toThrow('wrong-password');
  isds.passwords.set('stastny1', 'Nove-heslo-1');
  await expect(logIn('stastny1', 'd')).rejects.toThrow('login-paused');
  await expect(logIn('stastny1', 'Nove-heslo-1')).rejects.toThrow('login-paused');
  expect(isds.failures).toHaveLength(3);
  clock.time = 60 * MINUTE;
  await logIn('stastny1', 'Nove-heslo-1');
});

test('a hundred different passwords at once: two reach ISDS', async () => {
  const { isds, logIn } = newGateway();
  await Promise.allSettled(Array.from({ length: 100 }, (_, index) => logIn('stastny1', `heslo${index}`)));
  expect(isds.loginChecks()).toBe(2);
});

test('the same login in another spelling is the same try', async () => {
  const { isds, logIn } = newGateway();
  for (const name of [
    'nikdo001',
    'NIKDO001',
    ' Nikdo001 ',
    'nikdo001@datovka.example.cz',
    'nikdo001+a@DATOVKA.example.cz',
    '\tnikdo001+b',
  ])
    await expect(logIn(name, 'spatne')).rejects.toThrow('wrong-password');
  expect(isds.failures).toEqual(['nikdo001']);
  for (const name of ['stastny1', 'STASTNY1', 'Stastny1@datovka.example.cz']) await logIn(name, 'Heslo-1234');
  expect(isds.loginChecks()).toBe(2);
});

test('a password that stops working in the middle is asked once more, a quarter of a minute later', async () => {
  const { isds, clock, logIn } = newGateway();
  const identity = await logIn('stastny1', 'Heslo-1234');
  isds.passwords.set('stastny1', 'Nove-heslo-1');
  await expect(identity.isds.checkBox('aydaadk')).rejects.toThrow('wrong-credentials');
  const asked = isds.calls.length;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('password-doubted');
  clock.time = 14_999;
  await expect(identity.isds.checkBox('aydaadk')).rejects.toThrow('password-doubted');
  expect(isds.calls.length).toBe(asked);
  clock.time = 15_000;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('wrong-password');
  expect(isds.failures).toHaveLength(2);
  clock.time = 30_000;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('wrong-password');
  await expect(identity.isds.checkBox('aydaadk')).rejects.toThrow('wrong-password');
  expect(isds.failures).toHaveLength(2);
  await logIn('stastny1', 'Nove-heslo-1');
});

test('one stray 401 keeps the right password out for a quarter of a minute, not for an hour', async () => {
  const { isds, clock, logIn } = newGateway();
  const identity = await logIn('stastny1', 'Heslo-1234');
  isds.trouble = new IsdsError({ kind: 'wrong-credentials' });
  clock.time = 10 * MINUTE;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('password-doubted');
  isds.trouble = undefined;
  clock.time += 15_000;
  await logIn('stastny1', 'Heslo-1234');
  await identity.isds.checkBox('aydaadk');
  isds.trouble = new IsdsError({ kind: 'wrong-credentials' });
  clock.time += 10 * MINUTE;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('password-doubted');
});

test('a password that was right hours ago is wrong at once', async () => {
  const { isds, clock, logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234');
  isds.passwords.set('stastny1', 'Nove-heslo-1');
  clock.time = 3 * 60 * MINUTE;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('wrong-password');
});

test.each([
  [new IsdsError({ kind: 'not-xml', problem: 'not sent as XML' }), 'login-page'],
  [new IsdsError({ kind: 'http', status: 302 }), 'login-page'],
  [new IsdsError({ kind: 'http', status: 403 }), 'login-unanswered'],
  [new IsdsError({ kind: 'http', status: 404 }), 'login-unanswered'],
  [new IsdsError({ kind: 'http', status: 429 }), 'login-unanswered'],
  [new IsdsError({ kind: 'http', status: 599 }), 'login-unanswered'],
])('an odd answer to a log-in is temporary, and nothing is remembered: %s', async (trouble, reason) => {
  const { isds, logIn, restraints } = newGateway();
  isds.trouble = trouble;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow(reason);
  expect(smtpReply(new Refused(reason as 'login-page')).code).toBe(454);
  isds.trouble = undefined;
  await logIn('stastny1', 'Heslo-1234');
  expect(await restraints()).toEqual([]);
});

test('during an outage a password that was good yesterday still logs in', async () => {
  const { isds, clock, logIn } = newGateway();
  await logIn('stastny1', 'Heslo-1234');
  isds.trouble = new IsdsError({ kind: 'maintenance' });
  clock.time = 23 * 60 * MINUTE;
  await logIn('stastny1', 'Heslo-1234');
  clock.time = 25 * 60 * MINUTE;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('isds-maintenance');
});

test('during an outage an unknown password is refused as temporary and not remembered as wrong', async () => {
  const { isds, logIn } = newGateway();
  isds.trouble = new IsdsError({ kind: 'unreachable' });
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('isds-unreachable');
  isds.trouble = undefined;
  await logIn('stastny1', 'Heslo-1234');
});

test('an account that ISDS has blocked is left alone until then', async () => {
  const { isds, clock, logIn } = newGateway();
  isds.trouble = new IsdsError({ kind: 'account-blocked', until: new Date(30 * MINUTE) });
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('account-blocked');
  isds.trouble = undefined;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('account-blocked');
  expect(isds.calls.length).toBe(1);
  clock.time = 30 * MINUTE;
  await logIn('stastny1', 'Heslo-1234');
});

test('a blocked address stops every login for an hour, known ones too', async () => {
  const { isds, clock, logIn } = newGateway();
  const identity = await logIn('stastny1', 'Heslo-1234');
  isds.trouble = new IsdsError({ kind: 'address-blocked' });
  await expect(logIn('jiny0001', 'Heslo-1234')).rejects.toThrow('address-blocked');
  isds.trouble = undefined;
  const asked = isds.calls.length;
  await expect(identity.isds.checkBox('aydaadk')).rejects.toThrow('address-blocked');
  expect(isds.calls.length).toBe(asked);
  clock.time = 60 * MINUTE;
  await identity.isds.checkBox('aydaadk');
});
