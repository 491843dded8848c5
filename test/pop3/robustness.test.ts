/** The network at its worst: any cut, any moment of leaving, clients that wait or do not read. */
import { once } from 'node:events';
import * as fc from 'fast-check';
import { connect as connectPlain } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { mail, NAME, PASSWORD } from './fakes.ts';
import { type Client, connect, gateway, greeted, loggedIn, transcript } from './gateway.ts';

const SESSION = Buffer.from(
  [
    'CAPA',
    `USER ${NAME}`,
    `PASS ${PASSWORD}`,
    'STAT',
    'LIST 0',
    'UIDL',
    'nesmysl',
    'x'.repeat(300),
    'RETR 1',
    'TOP 2 1',
    'DELE 2',
    'LIST\nRSET\nRETR 3',
    'DELE 3',
    'QUIT',
    '',
  ].join('\r\n'),
);

test('a whole session sent ahead in one piece is answered in order', async () => {
  const to = await gateway();
  const said = await transcript(to, [SESSION]);
  expect(said.match(/^(\+OK|-ERR)/gm)).toEqual(
    '+OK +OK +OK +OK +OK -ERR +OK -ERR -ERR +OK +OK +OK +OK +OK +OK +OK +OK'.split(' '),
  );
  expect(said).toMatch(/\+OK Na shledanou\r\n$/);
  expect(to.mailbox.hidden).toEqual([['1003']]);
});

test('one octet at a time makes no difference', async () => {
  const to = await gateway();
  const octets = Array.from(SESSION, (octet) => Buffer.from([octet]));
  expect(await transcript(to, octets)).toBe(await transcript(to, [SESSION]));
});

test('cutting the stream anywhere makes no difference', async () => {
  const to = await gateway();
  const expected = await transcript(to, [SESSION]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: SESSION.length }), { maxLength: 12 }), async (cuts) => {
      const borders = [0, ...cuts.toSorted((a, b) => a - b), SESSION.length];
      const pieces = borders.slice(1).map((border, index) => SESSION.subarray(borders[index], border));
      expect(await transcript(to, pieces)).toBe(expected);
    }),
    { numRuns: 50 },
  );
});

test.each(['closing', 'resetting'])(
  'a client %s after any octet of its session deletes nothing and harms nobody',
  async (how) => {
    const to = await gateway();
    // Without its last octet the QUIT is no command yet.
    for (let length = 0; length < SESSION.length; length++) {
      const client = connect(to);
      await client.line();
      client.send(SESSION.subarray(0, length));
      if (how === 'closing') {
        client.finish();
        await client.rest();
      } else {
        client.socket.resetAndDestroy();
        await once(client.socket, 'close');
      }
    }
    expect(await (await loggedIn(to)).command('STAT')).toMatch(/^\+OK 3 /);
    await to.close();
    expect(to.mailbox.hidden).toEqual([]);
  },
);

test('a client that closed its side after the last command still hears all answers', async () => {
  const client = await loggedIn(await gateway());
  client.finish('STAT\r\nRETR 1\r\n');
  expect(await client.rest()).toMatch(/konec\r\n\.\r\n$/);
});

test('an idle session is closed without a word, and deletes nothing', async () => {
  const to = await gateway({ times: { idle: 30 } });
  const client = await loggedIn(to);
  await client.command('DELE 1');
  expect(await client.rest()).toBe('');
  await to.close();
  expect(to.mailbox.hidden).toEqual([]);
  expect(to.log.at(-1)).toContain('"end":"idle"');
});

test('a client that does not log in is closed however busy it is', async () => {
  const to = await gateway({ times: { login: 500 } });
  const client = await greeted(to);
  const talk = async (): Promise<void> => {
    for (;;) {
      if (client.socket.destroyed) throw new Error('closed');
      client.send('U');
      await new Promise(setImmediate);
    }
  };
  await expect(talk()).rejects.toThrow('closed');
  await to.close();
  expect(to.log.at(-1)).toContain('"end":"login-too-late"');
});

test('a client that stops in the middle of AUTH is closed', async () => {
  const to = await gateway({ times: { login: 500 } });
  const client = await greeted(to);
  await client.command('AUTH PLAIN');
  await client.rest();
  await to.close();
  expect(to.log.at(-1)).toContain('"end":"login-too-late"');
});

test('a client that does not read its mail is given up', async () => {
  const long = mail('1', ...Array.from({ length: 400 }, () => 'x'.repeat(65_536)));
  const to = await gateway({ mails: [long], times: { write: 20 } });
  const client = await loggedIn(to);
  client.socket.pause();
  client.send('RETR 1\r\n');
  await expect.poll(() => to.log.length).toBe(1);
  expect(to.log[0]).toContain('"end":"reader-stalled"');
  expect(to.mailbox.pulled).toBeLessThan(400);
  expect(to.mailbox.released).toBe(1);
});

test('a shutdown lets a session come to its end', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  const closed = to.close(60_000);
  await client.command('DELE 1');
  expect(await client.command('QUIT')).toMatch(/^\+OK/);
  client.finish();
  await closed;
  expect(to.mailbox.hidden).toEqual([['1001']]);
});

test('a shutdown does not wait for who has not logged in, whatever time it has', async () => {
  const to = await gateway();
  const greetedOnly = await greeted(to);
  const named = await greeted(to);
  await named.command(`USER ${NAME}`);
  await to.close(600_000);
  for (const client of [greetedOnly, named]) expect(await client.rest()).toBe('');
  expect(to.log.filter((line) => line.includes('"end":"gateway-closing"'))).toHaveLength(2);
});

test('a shutdown does not wait for a handshake that nobody begins', async () => {
  const to = await gateway({ mode: 'implicit-tls' });
  const silent = connectPlain(to.port, '127.0.0.1');
  onTestFinished(() => void silent.destroy());
  await once(silent, 'connect');
  // The second connection is taken after the first.
  await greeted(to);
  const closed = once(silent, 'close');
  await to.close(600_000);
  expect(await closed).toEqual([false]);
});

test('a session that a shutdown cuts off deletes nothing', async () => {
  const to = await gateway();
  const client = await loggedIn(to);
  await client.command('DELE 1');
  await to.close(0);
  expect(await client.rest()).toBe('');
  expect(to.mailbox.hidden).toEqual([]);
});

test('two sessions of one account do not see each other', async () => {
  const to = await gateway();
  const [one, other] = [await loggedIn(to), await loggedIn(to)];
  await one.command('DELE 1');
  expect(await other.command('LIST 1')).toMatch(/^\+OK/);
  await one.command('QUIT');
  expect(await other.command('UIDL 1')).toBe('+OK 1 1001');
});

/** Repeats a command until the server ends the connection; answers the lines that came. */
async function untilClosed(client: Client, command: string): Promise<string[]> {
  client.send(`${command}\r\n`.repeat(200));
  return (await client.rest()).split('\r\n').filter((line) => line !== '');
}

test.each([
  ['USER without TLS', 'USER abc123'],
  ['PASS without TLS', 'PASS heslo'],
  ['AUTH without TLS', 'AUTH PLAIN'],
])('attack: %s ends the session after ten refusals, and is written down five times', async (_, command) => {
  const to = await gateway({ loopbackLogin: false });
  for (let i = 0; i < 3; i++) {
    const answers = await untilClosed(await greeted(to), command);
    expect(answers).toHaveLength(10);
    expect(answers.every((answer) => answer.startsWith('-ERR'))).toBe(true);
  }
  await to.close();
  expect(to.log.filter((line) => line.includes('POP3 command refused'))).toHaveLength(5);
  expect(to.log.filter((line) => line.includes('"end":"too-many-refusals"'))).toHaveLength(3);
});

test('attack: refusals and proper commands in turn end the session as well', async () => {
  const to = await gateway();
  const answers = await untilClosed(await greeted(to), 'STAT\r\nUSER abc123');
  expect(answers.filter((answer) => answer.startsWith('-ERR'))).toHaveLength(10);
});

test('attack: CAPA sent ahead without end is answered thirty times', async () => {
  const to = await gateway();
  const answers = await untilClosed(await greeted(to), 'CAPA');
  expect(answers.filter((answer) => answer === '.')).toHaveLength(30);
  await to.close();
  expect(to.log.at(-1)).toContain('"end":"too-many-commands"');
});

test('what one client has sent ahead is not answered before others have their turn', async () => {
  const to = await gateway();
  const busy = await loggedIn(to);
  let turns = 0;
  let next: NodeJS.Immediate;
  const count = (): void => {
    turns++;
    next = setImmediate(count);
  };
  count();
  busy.send(`${'NOOP\r\n'.repeat(2_000)}QUIT\r\n`);
  await busy.rest();
  clearImmediate(next!);
  expect(turns).toBeGreaterThan(2_000);
});

test('attack: sessions without a log-in leave a few lines in the log', async () => {
  const to = await gateway();
  for (let i = 0; i < 20; i++) await untilClosed(await greeted(to), 'QUIT');
  await to.close();
  expect(to.log).toHaveLength(5);
});

test('without the setting a program on this computer needs TLS, too', async () => {
  const client = await greeted(await gateway({ loopbackLogin: false }));
  expect(await client.list('CAPA')).not.toContain('USER');
  expect(await client.command('USER abc123')).toMatch(/^-ERR \[SYS\/PERM\] /);
});

test('after the log-in the time before it no longer counts', async () => {
  const to = await gateway({ times: { login: 1_000 } });
  const client = await loggedIn(to);
  await connect(to).rest();
  expect(await client.command('NOOP')).toMatch(/^\+OK/);
});
