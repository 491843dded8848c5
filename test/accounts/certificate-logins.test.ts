import { randomBytes, scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CertificateAccount, hashPassword, parsePasswordHash } from '../../src/accounts/index.ts';
import { Secret } from '../../src/core/index.ts';
import { IsdsError } from '../../src/isds/index.ts';
import { MINUTE, newGateway } from './fake-isds.ts';

const PASSWORD = 'Žluťoučký kůň úpěl';
/** With a cost that makes hundreds of tries cheap. */
const salt = randomBytes(16);
const key = scryptSync(PASSWORD, salt, 32, { N: 16, r: 8, p: 1 });
const hash = parsePasswordHash(`$scrypt$ln=4,r=8,p=1$${unpadded(salt)}$${unpadded(key)}`)!;

function unpadded(octets: Buffer): string {
  return octets.toString('base64').replace(/=+$/, '');
}

const spisovka: CertificateAccount = {
  login: 'Spisovka',
  passwordHash: hash,
  certificate: 'certifikát',
  key: new Secret('klíč'),
  expiresAt: new Date('2030-01-01'),
};

test('the password is the gateway’s own; who the login is, ISDS says to the certificate', async () => {
  const { isds, logIn } = newGateway([spisovka]);
  expect(await logIn('spisovka+telefon@datovka.example.cz', PASSWORD)).toMatchObject({
    account: 'spisovka',
    view: 'telefon',
    loginKind: 'certificate',
    box: { boxId: 'aydaadk' },
    rights: 159,
    passwordExpiry: undefined,
  });
  expect(isds.calls).toEqual(['GetOwnerInfoFromLogin2 Spisovka']);
});

test('who has left before its turn is asked about neither by password nor by certificate; who joined is', async () => {
  const { isds, clock, logIn } = newGateway([spisovka]);
  const logins = [
    ['stastny1', 'Heslo-1234'],
    ['spisovka', PASSWORD],
  ] as const;
  for (const [name, password] of logins) {
    const earlier = await logIn(name, password);
    clock.time += 10 * MINUTE;
    const gate = Promise.withResolvers<void>();
    isds.gate = gate.promise;
    const before = earlier.isds.getOwnerInfo();
    const asked = isds.loginChecks() + 1;
    const leaving = new AbortController();
    const left = logIn(name, password, '192.0.2.1', leaving.signal);
    leaving.abort();
    await expect(left).rejects.toThrow('isds-unreachable');
    gate.resolve();
    await before;
    expect(isds.loginChecks()).toBe(asked);

    const third = new AbortController();
    const both = [logIn(name, password, '192.0.2.1', third.signal), logIn(name, password)] as const;
    third.abort();
    await expect(both[0]).rejects.toThrow('isds-unreachable');
    await both[1];
    expect(isds.loginChecks()).toBe(asked + 1);
  }
});

test('a wrong password never reaches ISDS', async () => {
  const { isds, logIn } = newGateway([spisovka]);
  await expect(logIn('spisovka', 'jiné heslo 1234')).rejects.toThrow('wrong-password');
  expect(isds.calls).toEqual([]);
});

test('other logins are asked of ISDS as ever', async () => {
  const { isds, logIn } = newGateway([spisovka]);
  expect(await logIn('stastny1', 'Heslo-1234')).toMatchObject({ loginKind: 'password' });
  expect(isds.calls).toHaveLength(3);
});

test('the same wrong password again is one failure', async () => {
  const { logIn } = newGateway([spisovka]);
  for (let count = 0; count < 20; count++)
    await expect(logIn('spisovka', 'stále totéž')).rejects.toThrow('wrong-password');
  await logIn('spisovka', PASSWORD);
});

test('brute force from one address: five guesses an hour, the right one refused like the others', async () => {
  const { clock, logIn } = newGateway([spisovka]);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => logIn('spisovka', `heslo ${index}`)));
  const reasons = tries.map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).message);
  expect(reasons.filter((reason) => reason === 'wrong-password')).toHaveLength(5);
  expect(reasons.filter((reason) => reason === 'login-paused')).toHaveLength(15);
  await expect(logIn('spisovka', PASSWORD)).rejects.toThrow('login-paused');
  await logIn('spisovka', PASSWORD, '192.0.2.7');
  clock.time = 60 * MINUTE;
  await expect(logIn('spisovka', 'heslo 20')).rejects.toThrow('wrong-password');
});

test('brute force from many addresses: thirty guesses an hour, and who knows the password stays in', async () => {
  const { logIn } = newGateway([spisovka]);
  await logIn('spisovka', PASSWORD);
  for (let count = 0; count < 30; count++) {
    await expect(logIn('spisovka', `heslo ${count}`, `192.0.2.${count}`)).rejects.toThrow('wrong-password');
  }
  await expect(logIn('spisovka', 'heslo 31', '198.51.100.1')).rejects.toThrow('login-paused');
  await logIn('spisovka', PASSWORD, '198.51.100.1');
});

test('what ISDS said of the box is believed for its time, during an outage for a day', async () => {
  const { isds, clock, logIn } = newGateway([spisovka]);
  await logIn('spisovka', PASSWORD);
  clock.time = 10 * MINUTE - 1;
  await logIn('spisovka', PASSWORD);
  expect(isds.loginChecks()).toBe(1);
  isds.trouble = new IsdsError({ kind: 'maintenance' });
  clock.time = 23 * 60 * MINUTE;
  await logIn('spisovka', PASSWORD);
  clock.time = 25 * 60 * MINUTE;
  await expect(logIn('spisovka', PASSWORD)).rejects.toThrow('isds-maintenance');
});

test.each([
  new IsdsError({ kind: 'wrong-credentials' }),
  new IsdsError({ kind: 'address-blocked' }),
  new IsdsError({ kind: 'http', status: 403 }),
])('a certificate that ISDS does not accept is shown once, and passwords go on: %s', async (trouble) => {
  const { isds, clock, logIn } = newGateway([spisovka]);
  isds.trouble = trouble;
  await expect(logIn('spisovka', PASSWORD)).rejects.toThrow('gateway-fault');
  await expect(logIn('spisovka', PASSWORD)).rejects.toThrow('gateway-fault');
  expect(isds.calls).toHaveLength(1);
  isds.trouble = undefined;
  await logIn('stastny1', 'Heslo-1234');
  clock.time = 60 * MINUTE;
  await logIn('spisovka', PASSWORD);
});

test.each([
  ['2026-12-20T00:00:00Z', 0],
  ['2026-12-19T23:59:59Z', 1],
  ['2026-11-01T00:00:00Z', 1],
])('the operator is warned of a certificate that ends within a month: %s', async (end, warnings) => {
  const { clock, log, logIn } = newGateway([{ ...spisovka, expiresAt: new Date(end) }]);
  clock.time = Date.parse('2026-11-20T00:00:00Z');
  await logIn('spisovka', PASSWORD);
  expect(log.filter((line) => line.includes('certificate ends soon'))).toHaveLength(warnings);
});

test('a new hash opens to its password only', async () => {
  const passwordHash = parsePasswordHash(await hashPassword(new Secret(PASSWORD)))!;
  const { logIn } = newGateway([{ ...spisovka, passwordHash }]);
  await expect(logIn('spisovka', `${PASSWORD}.`)).rejects.toThrow('wrong-password');
  await logIn('spisovka', PASSWORD);
});

test('a hash is salted, and what is none is not taken for one', async () => {
  const other = await hashPassword(new Secret(PASSWORD));
  expect(other).not.toBe(await hashPassword(new Secret(PASSWORD)));
  for (const text of [
    '',
    PASSWORD,
    other.slice(0, 40),
    other.replace('ln=15', 'ln=31'),
    other.replace('r=8', 'r=99'),
  ]) {
    expect(parsePasswordHash(text)).toBeUndefined();
  }
});

test('thirty tries of strangers, and five from the owner’s own network, lock out nobody who was here before', async () => {
  const { restart, logIn } = newGateway([spisovka]);
  await logIn('spisovka', PASSWORD, '192.0.2.1');
  restart();
  for (let count = 0; count < 30; count++) {
    await expect(logIn('spisovka', `heslo ${count}`, `198.51.100.${count}`)).rejects.toThrow('wrong-password');
  }
  await expect(logIn('spisovka', 'heslo 31', '203.0.113.1')).rejects.toThrow('login-paused');
  for (let count = 0; count < 6; count++) {
    await expect(logIn('spisovka', `preklep ${count}`, '192.0.2.1')).rejects.toThrow('wrong-password');
  }
  await logIn('spisovka', PASSWORD, '192.0.2.1');
});

test('strangers of one IPv6 network are one', async () => {
  const { logIn } = newGateway([spisovka]);
  for (let count = 0; count < 5; count++) {
    await expect(logIn('spisovka', `heslo ${count}`, `2001:db8:1:2::${count}`)).rejects.toThrow('wrong-password');
  }
  await expect(logIn('spisovka', 'heslo 6', '2001:db8:1:2::9')).rejects.toThrow('login-paused');
});
