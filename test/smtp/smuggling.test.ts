/** Where a message ends: at CRLF dot CRLF and nowhere else (RFC 5321 §4.1.1.4), so that no second message hides in the first. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Client, LETTER } from './client.ts';
import { DOMAIN, OFFICE, OWN, startGateway } from './gateway.ts';

const SMUGGLED = `MAIL FROM:<${OWN}>\r\nRCPT TO:<obet234@${DOMAIN}>\r\nDATA\r\nSubject: podvod\r\n\r\npodvod`;

test.each([
  '\n.\n',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r',
  '\r\n.\r',
  '\r.\r\n',
  '\r.\n',
  '\n.\r',
  '\r\n.\r\r\n',
  '\r\n\u0000.\r\n',
  '\r\n.\u0000\r\n',
  '\r\n.\r\u0000\n',
  '\r\u0000\n.\r\n',
  '\n\u0000.\r\n',
  '\u0000.\r\n',
  '\r\n. \r\n',
  '\r\n .\r\n',
  '\r\n.\t\r\n',
  '\r\n..\r\n',
  '\n\n.\n\n',
  '\r\r.\r\r',
  '\u000b.\u000b',
  '\u0085.\u0085',
  '\u2028.\u2028',
])('attack: SMTP smuggling with %j', async (falseEnd) => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send(`${LETTER}${falseEnd}${SMUGGLED}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^250 2\.0\.0 /);
  expect(await client.command('NOOP')).toBe('250 2.0.0 OK\r\n');
  expect(gateway.sent).toHaveLength(1);
  expect(gateway.checked).toEqual([OFFICE]);
  expect(gateway.sent[0]?.draft.text).toContain('podvod');
});

test('attack: SMTP smuggling behind a dot-stuffed dot that comes as a packet of its own', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send('..');
  client.send(`\r\n${SMUGGLED}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^(250|554) /);
  expect(gateway.checked).toEqual([OFFICE]);
});

test.each(['\n', '\r'])('attack: SMTP smuggling where the false end begins the message (%j)', async (lineEnd) => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send(`.${lineEnd}${SMUGGLED}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^(250|554) /);
  expect(await client.command('NOOP')).toBe('250 2.0.0 OK\r\n');
  expect(gateway.checked).toEqual([OFFICE]);
});

test.each(['\n.\n', '\r.\r', '\r\n.\n', '\n.\r\n', '\r\n\u0000.\r\n'])(
  'attack: SMTP smuggling with %j in packets of one octet',
  async (falseEnd) => {
    const gateway = await startGateway();
    const client = await Client.loggedIn(gateway);
    await client.startData();
    client.send(LETTER);
    for (const octet of falseEnd) client.send(octet);
    client.send(`${SMUGGLED}\r\n.\r\n`);
    expect(await client.reply()).toMatch(/^250 2\.0\.0 /);
    expect(await client.command('NOOP')).toBe('250 2.0.0 OK\r\n');
    expect(gateway.checked).toEqual([OFFICE]);
    expect(gateway.sent).toHaveLength(1);
  },
);

test('attack: BDAT, which counts octets instead of looking for the end, is unknown', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.command('EHLO [127.0.0.1]')).not.toContain('CHUNKING');
  await client.command(`MAIL FROM:<${OWN}>`);
  await client.command(`RCPT TO:<${OFFICE}>`);
  expect(await client.command('BDAT 86 LAST')).toMatch(/^500 /);
  expect(gateway.sent).toEqual([]);
});

test('an empty message ends with its first dot', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send('.\r\n');
  expect(await client.reply()).toMatch(/^\d{3} /);
  expect(await client.command('NOOP')).toBe('250 2.0.0 OK\r\n');
});

test('a message means the same wherever the network splits it', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  const octets = Buffer.from(
    `Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n..tečka\r\n...\r\nčára\r\n..\r\n.\r\n`,
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(octets.length), fc.nat(octets.length), async (one, two) => {
      const [first, second] = [Math.min(one, two), Math.max(one, two)];
      await client.startData();
      client.send(octets.subarray(0, first));
      client.send(octets.subarray(first, second));
      client.send(octets.subarray(second));
      expect(await client.reply()).toMatch(/^250 2\.0\.0 /);
      expect(gateway.sent.pop()?.draft.text).toBe('.tečka\n..\nčára\n.');
    }),
    { numRuns: 60 },
  );
});

test('attack: a bare line feed inside a command is no second command for the address', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command(`RCPT TO:<urad453@${DOMAIN}\r>`)).toMatch(/^501 /);
  expect(gateway.checked).toEqual([]);
});
