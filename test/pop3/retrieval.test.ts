/** RETR and TOP: exact octets or no final dot, and when a message counts as read. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { mail, type FakeMail } from './fakes.ts';
import { gateway, loggedIn } from './gateway.ts';

const SUBJECT = 'Subject: Výzva\r\n\r\n';

async function withMail(message: FakeMail, timeBudgets = {}) {
  const to = await gateway({ mails: [message], timeBudgets });
  return { to, client: await loggedIn(to) };
}

/** Gives the event loop the turns in which what would happen too early happens. */
async function someTurns(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
}

test('RETR announces the octets and sends the mail', async () => {
  const { client } = await withMail(mail('1', SUBJECT, 'Dobrý den\r\n'));
  expect(await client.command('RETR 1')).toBe(`+OK ${Buffer.byteLength(`${SUBJECT}Dobrý den\r\n`)} octets`);
  expect(await client.body()).toEqual(['Subject: Výzva', '', 'Dobrý den']);
});

test('lines that begin with a dot get a second one, across chunks too', async () => {
  const { client } = await withMail(mail('1', '.Header: x\r\n\r\n', '.\r\n..\r\n', 'a\r\n', '.b', '.c\r\n'));
  client.send('RETR 1\r\nQUIT\r\n');
  expect(await client.rest()).toBe(
    '+OK 30 octets\r\n..Header: x\r\n\r\n..\r\n...\r\na\r\n..b.c\r\n.\r\n+OK Na shledanou\r\n',
  );
});

test('a mail without the last line end still ends with the final dot on its own line', async () => {
  const { client } = await withMail(mail('1', SUBJECT, 'konec'));
  await client.command('RETR 1');
  expect((await client.body()).at(-1)).toBe('konec');
});

test('a refusal before the first octet is an error, and the session lives on', async () => {
  const refused = { ...mail('1', SUBJECT), prepared: () => Promise.reject(new Refused('isds-unreachable')) };
  const { to, client } = await withMail(refused);
  expect(await client.command('RETR 1')).toMatch(/^-ERR \[SYS\/TEMP\] ISDS neodpovida/);
  expect(await client.command('TOP 1 0')).toMatch(/^\+OK/);
  await client.body();
  expect(await client.command('NOOP')).toBe('+OK');
  expect(to.mailbox.marked).toEqual([]);
});

test('a mail that takes long to prepare begins with what is known', async () => {
  const slow = { ...mail('1', SUBJECT), prepared: () => new Promise<void>(() => {}) };
  const { client } = await withMail(slow, { content: 1 });
  expect(await client.command('RETR 1')).toMatch(/^\+OK/);
  expect(await client.body()).toHaveLength(2);
});

test('a refusal that comes after the time budget breaks the connection and nothing else', async () => {
  const refusal = Promise.withResolvers<void>();
  const { to, client } = await withMail(
    { ...mail('1', SUBJECT), prepared: () => refusal.promise, failure: new Refused('isds-failure') },
    { content: 1 },
  );
  expect(await client.command('RETR 1')).toMatch(/^\+OK/);
  refusal.reject(new Refused('isds-failure'));
  expect(await client.rest()).not.toContain('\r\n.\r\n');
  expect(client.wasReset).toBe(true);
  expect(await (await loggedIn(to)).command('STAT')).toMatch(/^\+OK/);
});

test.each(['RETR 1', 'TOP 1 0'])(
  '%s of a mail whose header does not come is refused for now, and nothing more is asked',
  async (command) => {
    const { to, client } = await withMail(
      { ...mail('1', SUBJECT), prepared: () => new Promise<void>(() => {}), header: new Promise<void>(() => {}) },
      { content: 1, head: 5 },
    );
    expect(await client.command(command)).toMatch(/^-ERR \[SYS\/TEMP\] ISDS neodpovida/);
    expect(to.mailbox.signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await client.command('NOOP')).toBe('+OK');
    await client.command('QUIT');
    expect(to.mailbox.marked).toEqual([]);
  },
);

test('content that breaks off ends the connection without the final dot', async () => {
  const failure = new Error('ISDS closed the connection');
  const { to, client } = await withMail({ ...mail('1', SUBJECT, 'Dobrý den\r\n'), failure });
  client.send('DELE 1\r\nRSET\r\nRETR 1\r\nNOOP\r\nQUIT\r\n');
  expect(await client.rest()).not.toContain('\r\n.\r\n');
  expect(client.wasReset).toBe(true);
  await to.close();
  expect(to.mailbox.marked).toEqual([]);
  expect(to.log.at(-2)).toContain('POP3 message broken off');
  expect(to.log.at(-1)).toContain('"retrieved":0,"hidden":0,"end":"content-broken"');
});

test('content larger than announced is not withheld', async () => {
  const { client } = await withMail({ ...mail('1', SUBJECT, 'Dobrý den\r\n'), announced: 20 });
  await client.command('RETR 1');
  expect(await client.body()).toEqual(['Subject: Výzva', '', 'Dobrý den']);
});

const LONG: FakeMail = mail(
  '1',
  'Received: a\r\n by b\r\nSubject: Vý',
  'zva\r',
  '\n\r',
  '\nřádek 1\r\n.řádek 2\r\n',
  '\r\n',
  'řádek 4\r\nřádek 5',
  '\r\n',
);

test.each([0, 1, 2, 3, 4, 5, 6, 1_724])('TOP 1 %d is the beginning of RETR', async (lines) => {
  const { to, client } = await withMail(LONG);
  await client.command('RETR 1');
  const whole = await client.body();
  await client.command('QUIT');
  const again = await loggedIn(to);
  expect(await again.command(`TOP 1 ${lines}`)).toBe(`+OK ${Buffer.byteLength(LONG.chunks.join(''))} octets`);
  expect(await again.body()).toEqual(whole.slice(0, 4 + lines));
});

test('TOP needs no preparation and asks for no more chunks than its lines take', async () => {
  const { to, client } = await withMail(mail('1', SUBJECT, 'řádek 1\r\nřádek 2\r\n', 'příloha\r\n', 'příloha\r\n'));
  await client.command('TOP 1 0');
  expect(await client.body()).toHaveLength(2);
  expect(to.mailbox.pulled).toBe(1);
  await client.command('TOP 1 2');
  expect(await client.body()).toHaveLength(4);
  expect(to.mailbox.pulled).toBe(1 + 2);
  expect(to.mailbox.released).toBe(2);
  expect(to.mailbox.prepared).toEqual([]);
});

test('TOP of a mail that breaks off within the lines has no final dot', async () => {
  const { client } = await withMail({ ...mail('1', SUBJECT, 'řádek 1\r\n'), failure: new Error('gone') });
  client.send('TOP 1 5\r\n');
  expect(await client.rest()).not.toContain('\r\n.\r\n');
});

test('TOP marks nothing as read', async () => {
  const { to, client } = await withMail(mail('1', SUBJECT));
  await client.command('TOP 1 10');
  await client.body();
  await client.command('NOOP');
  await client.command('QUIT');
  expect(to.mailbox.marked).toEqual([]);
});

test.each(['NOOP', 'RETR 2', 'DELE 1', 'blabla', 'QUIT'])(
  'a message is read when %s follows its final dot',
  async (next) => {
    const to = await gateway();
    const client = await loggedIn(to);
    await client.command('RETR 1');
    await client.body();
    expect(to.mailbox.marked).toEqual([]);
    await client.command(next);
    expect(to.mailbox.marked).toEqual(['1001']);
  },
);

test('a client that disconnects right after the final dot leaves the message unread', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('RETR 1');
  await client.body();
  client.finish();
  await client.rest();
  await to.close();
  expect(to.mailbox.marked).toEqual([]);
});

test('a command sent ahead is no receipt, the next one is', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  client.send('RETR 1\r\nRETR 2\r\nNOOP\r\n');
  await client.line();
  await client.body();
  await client.line();
  await client.body();
  await client.line();
  expect(to.mailbox.marked).toEqual([]);
  await client.command('NOOP');
  expect(to.mailbox.marked).toEqual(['1001', '1002']);
});

test('a message fetched twice in a session is marked once', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  for (let i = 0; i < 2; i++) {
    await client.command('RETR 1');
    await client.body();
  }
  await client.command('QUIT');
  expect(to.mailbox.marked).toEqual(['1001']);
});

test('marking keeps no command waiting, but the end of the session waits for it', async () => {
  const to = await gateway();
  const marking = Promise.withResolvers<void>();
  to.mailbox.marking = marking.promise;
  const client = await loggedIn(to);
  await client.command('RETR 1');
  await client.body();
  expect(await client.command('QUIT')).toMatch(/^\+OK/);
  client.finish();
  await client.rest();
  const order: string[] = [];
  const closing = to.close(60_000).then(() => order.push('closed'));
  await someTurns();
  order.push('marked');
  marking.resolve();
  await closing;
  expect(order).toEqual(['marked', 'closed']);
});

test('a client that leaves while a mail is prepared is no fault', async () => {
  const left = Promise.withResolvers<void>();
  const { to, client } = await withMail({ ...mail('1', SUBJECT), prepared: () => left.promise });
  client.send('RETR 1\r\n');
  await expect.poll(() => to.mailbox.prepared).toEqual(['1']);
  client.socket.resetAndDestroy();
  await once(client.socket, 'close');
  await someTurns();
  left.reject(new Error('aborted'));
  await to.close();
  expect(to.log).toHaveLength(1);
  expect(to.log[0]).toContain('client-gone');
});

test('a client that closed its side while a mail is prepared still gets it', async () => {
  const ready = Promise.withResolvers<void>();
  const { to, client } = await withMail({ ...mail('1', SUBJECT), prepared: () => ready.promise });
  client.finish('RETR 1\r\n');
  await expect.poll(() => to.mailbox.prepared).toEqual(['1']);
  await someTurns();
  ready.resolve();
  expect(await client.rest()).toMatch(/^\+OK .*\r\nSubject: Výzva\r\n\r\n\.\r\n$/);
});

test('a client that leaves during a long download stops it', async () => {
  const to = await gateway();
  const stopped = Promise.withResolvers<void>();
  to.mailbox.openMail = () => ({
    prepare: () => Promise.resolve(),
    content: (async function* () {
      try {
        for (;;) yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
      } finally {
        stopped.resolve();
      }
    })(),
  });
  to.mailbox.mails = [{ ...mail('1'), announced: Number.MAX_SAFE_INTEGER }];
  const client = await loggedIn(to);
  await client.command('RETR 1');
  client.socket.resetAndDestroy();
  await stopped.promise;
  await to.close();
  expect(to.mailbox.signals[0]?.aborted).toBe(true);
  expect(to.log.at(-1)).toContain('client-gone');
});
