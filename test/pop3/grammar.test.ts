/** The grammar of commands: what is understood, what is not, and that the answers stay in step. */
import { expect, test } from 'vitest';
import { gateway, greeted, loggedIn } from './gateway.ts';

test.each([
  'stat',
  'Stat',
  'STAT',
  'STAT ',
  'LIST',
  'LIST  1',
  'LIST 1 ',
  'LIST 01',
  'list 3',
  'UIDL 2',
  'TOP 1 0',
  'TOP  01  00',
  'DELE 1',
])('"%s" is understood', async (line) => {
  expect(await (await loggedIn(await gateway())).command(line)).toMatch(/^\+OK/);
});

const NO_NUMBERS = [
  '0',
  '-1',
  '+1',
  '1.5',
  '1e0',
  '0x1',
  '4',
  '99999999999999999999',
  '1x',
  'x',
  '1 2',
  '1\t',
  '1\0',
  '١',
  ' ',
];

test.each([
  ...NO_NUMBERS.filter((text) => text !== ' ').map((text) => `LIST ${text}`),
  ...NO_NUMBERS.filter((text) => text !== ' ').map((text) => `UIDL ${text}`),
  ...NO_NUMBERS.map((text) => `RETR ${text}`),
  ...NO_NUMBERS.map((text) => `DELE ${text}`),
  ...NO_NUMBERS.map((text) => `TOP ${text} 1`),
  'RETR',
  'DELE',
  'TOP',
  'TOP 1',
  'TOP 1 -1',
  'TOP 1 1 1',
  'TOP 1 99999999999999999999',
  'STAT 1',
  'NOOP x',
  'RSET 1',
  'CAPA x',
  'QUIT now',
])('"%s" is refused in step', async (line) => {
  const to = await gateway();
  const client = await loggedIn(to);
  expect(await client.command(line)).toMatch(/^-ERR [\x20-\x7e]+ \(relace [a-z]{8}\)$/);
  expect(await client.command('STAT')).toMatch(/^\+OK 3 /);
  expect(to.mailbox.opened).toEqual([]);
});

test.each([
  'LAST',
  'APOP jana c4c9334bac560ecc979e58001b3e22fb',
  'XTND XMIT',
  'UTF8',
  'LANG cs',
  'HELP',
  '',
  ' ',
  ' STAT',
  'STAT\0',
  'STAT\r',
  'STATX',
  'ŠTAT',
  '\x16\x03\x01',
])('"%s" is unknown and closes nothing', async (line) => {
  const client = await loggedIn(await gateway());
  expect(await client.command(line)).toMatch(/^-ERR /);
  expect(await client.command('NOOP')).toBe('+OK');
});

test.each(['STAT', 'LIST', 'UIDL', 'RETR 1', 'TOP 1 0', 'DELE 1', 'RSET', 'NOOP'])('%s needs a login', async (line) => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.command(line)).toMatch(/^-ERR Nejdrive se prihlaste/);
  expect(to.mailbox.lists).toBe(0);
});

test.each(['USER jiny', 'PASS x', 'AUTH', 'AUTH PLAIN', 'STLS'])('%s is too late after the login', async (line) => {
  const to = await gateway();
  const client = await loggedIn(to);
  expect(await client.command(line)).toMatch(/^-ERR Uz jste prihlaseni/);
  expect(to.accounts.attempts).toHaveLength(1);
});

test('a bare LF ends a command', async () => {
  const client = await loggedIn(await gateway());
  client.send('NOOP\nSTAT\n');
  expect(await client.line()).toBe('+OK');
  expect(await client.line()).toMatch(/^\+OK 3 /);
});

test('NUL in a user name or password is refused before an account is asked', async () => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.command('USER abc\x00123')).toMatch(/^-ERR/);
  await client.command('USER abc123');
  expect(await client.command('PASS a\0b')).toMatch(/^-ERR/);
  expect(await client.command('PASS a\rb')).toMatch(/^-ERR/);
  expect(to.accounts.attempts).toEqual([]);
});

test.each([254, 4_096, 200 * 1024])('a line of %d octets is one refusal', async (length) => {
  const client = await loggedIn(await gateway());
  expect(await client.command('x'.repeat(length))).toMatch(/^-ERR Prikaz je prilis dlouhy/);
  expect(await client.command('NOOP')).toBe('+OK');
});

test('a line of 255 octets with its end is read', async () => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.command(`USER ${'x'.repeat(248)}`)).toMatch(/^\+OK/);
  expect(await client.command(`USER ${'x'.repeat(249)}`)).toMatch(/^-ERR/);
});

test('ten lines in a row that are no POP3 end the connection', async () => {
  const to = await gateway();
  const client = await greeted(to);
  for (let i = 0; i < 10; i++) expect(await client.command('blabla')).toMatch(/^-ERR/);
  expect(await client.rest()).toBe('');
  await to.close();
  expect(to.log.at(-1)).toContain('too-many-misuses');
});

test('a proper command in between forgives them', async () => {
  const client = await loggedIn(await gateway());
  for (let i = 0; i < 9; i++) await client.command('blabla');
  await client.command('NOOP');
  for (let i = 0; i < 9; i++) await client.command('blabla');
  expect(await client.command('NOOP')).toBe('+OK');
});

test('an HTTP probe hears that its lines are no commands, and is cut off', async () => {
  const client = await greeted(await gateway());
  client.send(`GET / HTTP/1.1\r\n${'Accept: text/html\r\n'.repeat(20)}\r\n`);
  const said = await client.rest();
  expect(said.split('\r\n').filter((line) => line.startsWith('-ERR'))).toHaveLength(10);
});
