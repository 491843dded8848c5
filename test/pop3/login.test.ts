/** Logging in: USER and PASS, AUTH PLAIN and LOGIN, and what is said when it does not work. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { NAME, PASSWORD } from './fakes.ts';
import { connect, gateway, greeted, loggedIn } from './gateway.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const PLAIN = base64(`\0${NAME}\0${PASSWORD}`);

test('the greeting is ASCII, names the session and offers no APOP', async () => {
  const greeting = await connect(await gateway()).line();
  expect(greeting).toMatch(/^\+OK ds\.example\.cz Postolka \(relace [a-z]{8}\)$/);
  expect(greeting).not.toMatch(/[<>]/);
});

test('USER and PASS log in; the password keeps its spaces', async () => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.command(`user ${NAME}`)).toMatch(/^\+OK/);
  expect(await client.command(`pass ${PASSWORD}`)).toBe('+OK Datova schranka hjyaavk, Obec Pribram');
  expect(to.accounts.attempts).toMatchObject([{ name: NAME, remoteAddress: '127.0.0.1', protocol: 'pop3' }]);
  expect(to.accounts.attempts[0]?.password.reveal()).toBe(PASSWORD);
});

test('a login asks for no list', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('NOOP');
  await client.command('CAPA');
  await client.body();
  await client.command('QUIT');
  expect(to.mailbox.lists).toBe(0);
});

test.each([
  ['AUTH PLAIN with the answer', [`AUTH PLAIN ${PLAIN}`]],
  ['auth plain in small letters', [`auth plain ${PLAIN}`]],
  ['AUTH PLAIN in two steps', ['AUTH PLAIN', PLAIN]],
  ['AUTH PLAIN for oneself', [`AUTH PLAIN ${base64(`${NAME}\0${NAME}\0${PASSWORD}`)}`]],
  ['AUTH LOGIN', ['AUTH LOGIN', base64(NAME), base64(PASSWORD)]],
  ['AUTH LOGIN with the name', [`AUTH LOGIN ${base64(NAME)}`, base64(PASSWORD)]],
])('%s logs in', async (_, lines) => {
  const to = await gateway();
  const client = await greeted(to);
  let answer = '';
  for (const line of lines) answer = await client.command(line);
  expect(answer).toMatch(/^\+OK Datova schranka/);
  expect(await client.command('STAT')).toMatch(/^\+OK 3 /);
});

test('the challenge of AUTH PLAIN is a plus and a space', async () => {
  const client = await greeted(await gateway());
  expect(await client.command('AUTH PLAIN')).toBe('+ ');
});

test('the prompts of AUTH LOGIN are the ones programs compare letter by letter', async () => {
  const client = await greeted(await gateway());
  expect(await client.command('AUTH LOGIN')).toBe('+ VXNlcm5hbWU6');
  expect(await client.command(base64(NAME))).toBe('+ UGFzc3dvcmQ6');
});

test('AUTH alone lists the mechanisms', async () => {
  const client = await greeted(await gateway());
  expect(await client.list('AUTH')).toEqual(['PLAIN', 'LOGIN']);
});

test('an exchange that the client cancels is over', async () => {
  const client = await greeted(await gateway());
  await client.command('AUTH PLAIN');
  expect(await client.command('*')).toMatch(/^-ERR Prihlaseni zruseno/);
  expect(await client.command(`AUTH PLAIN ${PLAIN}`)).toMatch(/^\+OK/);
});

test.each([
  ['an unknown mechanism', ['AUTH CRAM-MD5']],
  ['a cancelled AUTH LOGIN', ['AUTH LOGIN', base64(NAME), '*']],
  ['an answer that is not base64', ['AUTH PLAIN', 'a-b!']],
  ['base64 cut short', ['AUTH PLAIN', PLAIN.slice(0, -1)]],
  ['an empty first answer', ['AUTH PLAIN =']],
  ['an answer without password', [`AUTH PLAIN ${base64(`\0${NAME}\0`)}`]],
  ['an answer with one NUL', [`AUTH PLAIN ${base64(`${NAME}\0${PASSWORD}`)}`]],
  ['an answer with three NULs', [`AUTH PLAIN ${base64(`\0${NAME}\0${PASSWORD}\0`)}`]],
  ['somebody else to act for', [`AUTH PLAIN ${base64(`jiny\0${NAME}\0${PASSWORD}`)}`]],
  ['an empty name', ['AUTH LOGIN', '']],
  ['an answer over the limit', ['AUTH PLAIN', 'A'.repeat(12_292)]],
  ['PASS without USER', [`PASS ${PASSWORD}`]],
  ['PASS without password', [`USER ${NAME}`, 'PASS ']],
  ['a third word', ['AUTH PLAIN = =']],
])('AUTH and PASS refuse %s in step, and no account is asked', async (_, lines) => {
  const to = await gateway();
  const client = await greeted(to);
  let answer = '';
  for (const line of lines) answer = await client.command(line);
  expect(answer).toMatch(/^-ERR .*\(relace [a-z]{8}\)$/);
  expect(to.accounts.attempts).toEqual([]);
  expect(await client.command('QUIT')).toMatch(/^\+OK/);
});

test('an answer of the longest length is read', async () => {
  const to = await gateway();
  const client = await greeted(to);
  await client.command('AUTH PLAIN');
  const answer = await client.command(base64(`\0${NAME}\0${'x'.repeat(9_200)}`));
  expect(answer).toMatch(/^-ERR \[AUTH\]/);
  expect(to.accounts.attempts).toHaveLength(1);
});

test('a wrong password is answered with [AUTH] and asked once', async () => {
  const to = await gateway();
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  expect(await client.command('PASS chybné')).toMatch(
    /^-ERR \[AUTH\] Nespravne prihlasovaci jmeno.*\(relace [a-z]{8}\)$/,
  );
  expect(to.accounts.attempts).toHaveLength(1);
  expect(await client.command('STAT')).toMatch(/^-ERR/);
});

test('the third wrong password ends the connection', async () => {
  const to = await gateway();
  const client = await greeted(to);
  for (let i = 0; i < 3; i++) expect(await client.command('AUTH PLAIN AGEAYg==')).toMatch(/^-ERR \[AUTH\]/);
  expect(await client.rest()).toBe('');
  expect(to.accounts.attempts).toHaveLength(3);
  await to.close();
  expect(to.log.at(-1)).toContain('too-many-failed-logins');
});

test('after a wrong password USER is needed again', async () => {
  const to = await gateway();
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  await client.command('PASS chyba');
  expect(await client.command(`PASS ${PASSWORD}`)).toMatch(/^-ERR (?!\[)/);
  expect(to.accounts.attempts).toHaveLength(1);
});

test.each([
  ['isds-unreachable', '[SYS/TEMP]'],
  ['account-blocked', '[LOGIN-DELAY]'],
  ['not-permitted', '[SYS/PERM]'],
] as const)('a login refused as %s carries %s', async (reason, code) => {
  const to = await gateway();
  to.accounts.refusal = new Refused(reason, { until: '10:00' });
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  const answer = await client.command(`PASS ${PASSWORD}`);
  expect(answer.startsWith(`-ERR ${code} `)).toBe(true);
});

test('a fault of the gateway at the login is temporary, and its details stay in the log', async () => {
  const to = await gateway();
  to.accounts.logIn = () => Promise.reject(new TypeError('undefined is not a login'));
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  expect(await client.command(`PASS ${PASSWORD}`)).toMatch(/^-ERR \[SYS\/TEMP\] Vnitrni chyba brany/);
  expect(to.log.join('')).toContain('undefined is not a login');
});

test.each([
  [
    '2026-12-01T22:30:00Z',
    '+OK Datova schranka hjyaavk, Obec Pribram; heslo plati do 1. prosince 2026, zmente ho na portalu',
  ],
  [
    '2026-12-05T22:30:00Z',
    '+OK Datova schranka hjyaavk, Obec Pribram; heslo plati do 5. prosince 2026, zmente ho na portalu',
  ],
  ['2026-12-06T12:00:00Z', '+OK Datova schranka hjyaavk, Obec Pribram'],
])('a password that ends on %s is announced within 14 days', async (expiry, expected) => {
  const to = await gateway({ clock: { now: () => Date.parse('2026-11-22T00:00:00Z') } });
  to.accounts.expiry = new Date(expiry);
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  expect(await client.command(`PASS ${PASSWORD}`)).toBe(expected);
});

test('a box name cannot make the answer longer than a POP3 line or break it', async () => {
  const to = await gateway();
  to.accounts.boxName = `Obec\r\n-ERR ${'ů'.repeat(1000)}`;
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  const answer = await client.command(`PASS ${PASSWORD}`);
  expect(answer).toMatch(/^\+OK Datova schranka hjyaavk, Obec -ERR u+$/);
  expect(answer).toHaveLength(510);
  expect(await client.command('NOOP')).toBe('+OK');
});

test.each([
  ['UTF-8', Buffer.from('PASS žluťoučký\r\n', 'utf8'), 'žluťoučký'],
  ['Latin-1', Buffer.from('PASS prázdný\r\n', 'latin1'), 'prázdný'],
])('a password in %s is understood', async (_, line, expected) => {
  const to = await gateway();
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  client.send(line);
  await client.line();
  expect(to.accounts.attempts[0]?.password.reveal()).toBe(expected);
});

test('neither name nor password of a failed login is in the log', async () => {
  const to = await gateway({ level: 'debug' });
  const client = await greeted(to);
  await client.command('USER omylemHeslo');
  await client.command('PASS Tajemstvi1');
  await client.command('Tajemstvi2');
  await client.command('QUIT');
  await to.close();
  expect(to.log.join('')).toContain('wrong-password');
  expect(to.log.join('')).not.toMatch(/omylemHeslo|Tajemstvi/);
});

test('an account has at most twenty sessions at once; one that ends makes room', async () => {
  const to = await gateway();
  const clients = await Promise.all(Array.from({ length: 20 }, () => loggedIn(to)));
  const late = await greeted(to);
  await late.command(`USER ${NAME}`);
  expect(await late.command(`PASS ${PASSWORD}`)).toMatch(/^-ERR \[SYS\/TEMP\] Brana je vytizena/);
  await clients[0]!.command('QUIT');
  await clients[0]!.rest();
  await late.command(`USER ${NAME}`);
  expect(await late.command(`PASS ${PASSWORD}`)).toMatch(/^\+OK/);
});
