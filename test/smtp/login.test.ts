/** EHLO, TLS and AUTH: what is offered to whom, and how often a password may be tried. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { base64, Client, LETTER, plainToken } from './client.ts';
import { LOGIN, OWN, PASSWORD, startGateway } from './gateway.ts';

test('EHLO offers what mail programs need and nothing that is not kept', async () => {
  const client = await Client.connect(await startGateway({ limits: { maxMessageOctets: 28_000_000 } }));
  const lines = (await client.command('EHLO [127.0.0.1]')).trimEnd().split('\r\n');
  expect(lines.map((line) => line.slice(4))).toEqual([
    'schranky.example',
    'PIPELINING',
    '8BITMIME',
    'ENHANCEDSTATUSCODES',
    'AUTH PLAIN LOGIN',
    'SIZE 28000000',
  ]);
});

test.each(['[127.0.0.1]', 'we-guess.mozilla.org', 'KANCELAR_3', 'POČÍTAČ', '::1', 'x'.repeat(255)])(
  'EHLO takes the name %s',
  async (name) => {
    const client = await Client.connect(await startGateway());
    expect(await client.command(`EHLO ${name}`)).toMatch(/^250-/);
  },
);

test('AUTH PLAIN with the token in the command', async () => {
  const gateway = await startGateway();
  const client = await Client.connect(gateway);
  await client.command('EHLO x');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^235 2\.7\.0 /);
  expect(gateway.attempts).toMatchObject([{ name: LOGIN, protocol: 'smtp', remoteAddress: '127.0.0.1' }]);
});

test('AUTH PLAIN in two steps', async () => {
  const client = await Client.connect(await startGateway());
  await client.command('EHLO x');
  expect(await client.command('AUTH PLAIN')).toBe('334 \r\n');
  expect(await client.command(plainToken())).toMatch(/^235 /);
});

test('AUTH LOGIN asks with exactly the words that Thunderbird compares', async () => {
  const client = await Client.connect(await startGateway());
  await client.command('EHLO x');
  expect(await client.command('AUTH LOGIN')).toBe('334 VXNlcm5hbWU6\r\n');
  expect(await client.command(base64(OWN))).toBe('334 UGFzc3dvcmQ6\r\n');
  expect(await client.command(base64(PASSWORD))).toMatch(/^235 /);
});

test('a wrong password is refused in Czech with 535 5.7.8', async () => {
  const client = await Client.connect(await startGateway());
  await client.command('EHLO x');
  const reply = await client.command(`AUTH PLAIN ${plainToken('špatné')}`);
  expect(reply).toMatch(/^535 5\.7\.8 Nesprávné přihlašovací jméno nebo heslo/);
});

test('a paused login is temporary: 454 4.7.0', async () => {
  const paused = new Refused('login-paused', { until: '14.05' });
  const client = await Client.connect(await startGateway({ logIn: () => Promise.reject(paused) }));
  await client.command('EHLO x');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^454 4\.7\.0 .*do 14\.05/);
});

test('attack: guessing passwords ends the connection after four', async () => {
  const gateway = await startGateway();
  const client = await Client.connect(gateway);
  await client.command('EHLO x');
  client.send(Array.from({ length: 6 }, (_, index) => `AUTH PLAIN ${plainToken(`heslo${index}`)}\r\n`).join(''));
  await client.closed();
  expect(gateway.attempts).toHaveLength(4);
});

test('a fault while logging in is no wrong password', async () => {
  const gateway = await startGateway({ logIn: () => Promise.reject(new Error('rozbité')) });
  const client = await Client.connect(gateway);
  await client.command('EHLO x');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^454 4\.7\.0 Vnitřní chyba brány/);
});

test.each(['isds-maintenance', 'isds-unreachable', 'isds-failure', 'isds-busy', 'account-under-way'] as const)(
  '%s is no wrong password: 454 (RFC 4954 §6)',
  async (reason) => {
    const gateway = await startGateway({ logIn: () => Promise.reject(new Refused(reason)) });
    const client = await Client.connect(gateway);
    await client.command('EHLO x');
    expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^454 4\.7\.0 (?:ISDS |Brána pro tento účet )/);
  },
);

test('MAIL without logging in is refused with 530 5.7.0', async () => {
  const client = await Client.connect(await startGateway());
  await client.command('EHLO x');
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 5\.7\.0 Server čeká na přihlášení/);
});

test('STARTTLS: after it the client logs in and sends', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  expect(await client.command('EHLO x')).toContain('STARTTLS');
  await client.startTls();
  expect(await client.command('EHLO x')).not.toContain('STARTTLS');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^235 /);
  expect(await client.sendMessage(LETTER)).toMatch(/^250 /);
});

test('this computer itself may log in without TLS', async () => {
  const client = await Client.connect(await startGateway({ mode: 'starttls' }), 'plain');
  expect(await client.command('EHLO x')).toContain('AUTH PLAIN LOGIN');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^235 /);
});

test('attack: a login made in the clear does not survive STARTTLS', async () => {
  const client = await Client.connect(await startGateway({ mode: 'starttls' }), 'plain');
  await client.command('EHLO x');
  await client.command(`AUTH PLAIN ${plainToken()}`);
  await client.startTls();
  await client.command('EHLO x');
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 /);
});

test.each(['XCLIENT ADDR=10.0.0.1', 'XFORWARD NAME=x', 'WIZ', 'SHELL', 'KILL'])('%s is unknown', async (command) => {
  const client = await Client.connect(await startGateway());
  expect(await client.command(command)).toMatch(/^500 /);
});
