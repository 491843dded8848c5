/** The list, numbers, deleting and leaving. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { mail } from './fakes.ts';
import { gateway, greeted, loggedIn, MAILS } from './gateway.ts';

const SIZES = MAILS.map(({ chunks }) => Buffer.byteLength(chunks.join('')));
const [FIRST = 0, SECOND = 0, THIRD = 0] = SIZES;

test('STAT, LIST and UIDL tell of the same messages', async () => {
  const client = await loggedIn(await gateway());
  expect(await client.command('STAT')).toBe(`+OK 3 ${FIRST + SECOND + THIRD}`);
  expect(await client.list('LIST')).toEqual([`1 ${FIRST}`, `2 ${SECOND}`, `3 ${THIRD}`]);
  expect(await client.list('UIDL')).toEqual(['1 1001', '2 1002', '3 1003']);
  expect(await client.command('LIST 2')).toBe(`+OK 2 ${SECOND}`);
  expect(await client.command('UIDL 2')).toBe('+OK 2 1002');
});

test('an empty box has empty lists', async () => {
  const client = await loggedIn(await gateway({ mails: [] }));
  expect(await client.command('STAT')).toBe('+OK 0 0');
  expect(await client.list('LIST')).toEqual([]);
  expect(await client.list('UIDL')).toEqual([]);
});

test.each(['STAT', 'LIST', 'UIDL'])('%s asks for the list, once', async (line) => {
  const to = await gateway();
  const client = await loggedIn(to);
  expect(await client.command(line)).toMatch(/^\+OK/);
  client.finish('STAT\r\nLIST\r\nQUIT\r\n');
  await client.rest();
  expect(to.mailbox.lists).toBe(1);
});

test.each(['LIST 1', 'UIDL 1', 'RETR 1', 'TOP 1 0', 'DELE 1'])(
  '%s without a list before it uses the last known one, and so does the rest of the session',
  async (line) => {
    const to = await gateway();
    const client = await loggedIn(to);
    expect(await client.command(line)).toMatch(/^\+OK/);
    to.mailbox.mails = [];
    client.finish('STAT\r\nLIST\r\nQUIT\r\n');
    expect(await client.rest()).toMatch(/^\+OK [23] \d+\r$/m);
    expect(to.mailbox.lists).toBe(0);
  },
);

test.each(['LIST 1', 'UIDL 1', 'RETR 1', 'TOP 1 0', 'DELE 1'])(
  '%s where no list is known asks for LIST, which then answers',
  async (line) => {
    const to = await gateway();
    to.mailbox.isKnown = false;
    const client = await loggedIn(to);
    expect(await client.command(line)).toMatch(/^-ERR \[SYS\/TEMP\] Seznam zprav jeste neni znam\. .*LIST/);
    expect(to.mailbox.lists).toBe(0);
    expect(await client.list('LIST')).toHaveLength(3);
    expect(await client.command(line)).toMatch(/^\+OK/);
  },
);

test('RSET and QUIT alone do not ask for the list', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  expect(await client.command('RSET')).toBe('+OK');
  await client.command('QUIT');
  expect(to.mailbox.lists).toBe(0);
});

test('a refused list is an error and never an empty list, asked for once a session and again in the next', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  to.mailbox.listRefusal = new Refused('isds-maintenance');
  for (const line of ['STAT', 'LIST', 'UIDL']) {
    expect(await client.command(line)).toMatch(
      /^-ERR \[SYS\/TEMP\] ISDS ma odstavku. Zkuste to pozdeji. \(relace [a-z]{8}\)$/,
    );
  }
  to.mailbox.listRefusal = undefined;
  expect(await client.command('STAT')).toMatch(/^-ERR \[SYS\/TEMP\] ISDS ma odstavku/);
  expect(to.mailbox.lists).toBe(1);
  expect(await (await loggedIn(to)).command('STAT')).toMatch(/^\+OK 3 /);
});

test('numbers stay the same when the box changes during a session', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('STAT');
  to.mailbox.mails = [mail('9999', 'Subject: Nová\r\n\r\n'), ...MAILS];
  expect(await client.command('UIDL 1')).toBe('+OK 1 1001');
});

test('a message marked as deleted is gone from all answers, the others keep their numbers', async () => {
  const client = await loggedIn(await gateway());
  expect(await client.command('DELE 2')).toMatch(/^\+OK/);
  for (const line of ['LIST 2', 'UIDL 2', 'RETR 2', 'TOP 2 0', 'DELE 2']) {
    expect(await client.command(line)).toMatch(/^-ERR Zprava cislo 2 je smazana/);
  }
  expect(await client.command('STAT')).toBe(`+OK 2 ${FIRST + THIRD}`);
  expect(await client.list('LIST')).toEqual([`1 ${FIRST}`, `3 ${THIRD}`]);
  expect(await client.list('UIDL')).toEqual(['1 1001', '3 1003']);
});

test('RSET takes all marks back', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('DELE 1');
  await client.command('DELE 2');
  await client.command('RSET');
  expect(await client.command('STAT')).toMatch(/^\+OK 3 /);
  await client.command('QUIT');
  expect(to.mailbox.hidden).toEqual([]);
});

test('QUIT hides what is marked, all at once', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('DELE 3');
  await client.command('DELE 1');
  expect(to.mailbox.hidden).toEqual([]);
  expect(await client.command('QUIT')).toMatch(/^\+OK/);
  expect(to.mailbox.hidden).toEqual([['1003', '1001']]);
  expect(await client.rest()).toBe('');
});

test('a client that leaves without QUIT deletes nothing', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('DELE 1');
  client.finish('QUIT');
  await client.rest();
  await to.close();
  expect(to.mailbox.hidden).toEqual([]);
});

test('a deletion that could not be kept is told at QUIT', async () => {
  const to = await gateway();
  to.mailbox.hideRefusal = new Refused('storage-full');
  const client = await loggedIn(to);
  await client.command('DELE 1');
  expect(await client.command('QUIT')).toMatch(/^-ERR \[SYS\/TEMP\]/);
  expect(await client.rest()).toBe('');
  await to.close();
  expect(to.log.at(-1)).toContain('"hidden":0');
});

test('QUIT before the login just says good-bye', async () => {
  const client = await greeted(await gateway());
  expect(await client.command('QUIT')).toBe('+OK Na shledanou');
  expect(await client.rest()).toBe('');
});

test('a session leaves one line in the log, without subjects', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('RETR 1');
  await client.body();
  await client.command('DELE 1');
  await client.command('QUIT');
  await to.close();
  expect(to.log).toHaveLength(1);
  expect(JSON.parse(to.log[0] ?? '')).toMatchObject({
    remote: '127.0.0.1',
    account: 'abc123',
    commands: 5,
    retrieved: 1,
    hidden: 1,
    end: 'quit',
    octetsOut: expect.any(Number),
    session: expect.stringMatching(/^[a-z]{8}$/),
  });
  expect(to.log[0]).not.toContain('První');
});
