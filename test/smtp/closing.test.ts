/** How connections end: by the client, by the server, in the middle of something. */
import { expect, test } from 'vitest';
import { Client, LETTER } from './client.ts';
import { OWN, startGateway } from './gateway.ts';

test.each([
  ['in the middle of the text', LETTER],
  ['with the last line complete', `${LETTER}\r\n`],
  ['before the CRLF of the final dot', `${LETTER}\r\n.`],
  ['inside the CRLF of the final dot', `${LETTER}\r\n.\r`],
])('a client that leaves %s has sent nothing', async (_where, octets) => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send(octets);
  client.destroy();
  await expect.poll(() => gateway.logged.join('')).toContain('smtp session closed');
  expect(gateway.sent).toEqual([]);
});

test('closing lets the message under way end, and then the connection', async () => {
  const asked = Promise.withResolvers<void>();
  const isds = Promise.withResolvers<{ dmID: string; repeated: boolean }>();
  const gateway = await startGateway({
    send: () => {
      asked.resolve();
      return isds.promise;
    },
  });
  const client = await Client.loggedIn(gateway);
  const reply = client.sendMessage(LETTER);
  await asked.promise;
  const closed = gateway.server.close(20_000);
  isds.resolve({ dmID: '42', repeated: false });
  expect(await reply).toMatch(/^250 2\.0\.0 Datová zpráva 42/);
  await client.closed();
  await closed;
});

test('closing sends idle clients away at once and takes no new ones', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  const closed = gateway.server.close(20_000);
  expect(await client.reply()).toMatch(/^421 4\.3\.2 Brána ukončuje spojení/);
  await client.closed();
  await closed;
  await expect(Client.connect(gateway).then((late) => late.command('EHLO x'))).resolves.toBe('');
});

test('closing sends those away at once who have not logged in', async () => {
  const gateway = await startGateway();
  const client = await Client.connect(gateway);
  const closed = gateway.server.close(600_000);
  expect(await client.reply()).toMatch(/^421 4\.3\.2 Brána ukončuje spojení/);
  await closed;
});

test('closing does not wait longer than the drain time', async () => {
  const asked = Promise.withResolvers<void>();
  const gateway = await startGateway({
    send: () => {
      asked.resolve();
      return new Promise(() => undefined);
    },
  });
  const client = await Client.loggedIn(gateway);
  void client.sendMessage(LETTER);
  await asked.promise;
  await expect(gateway.server.close(10)).resolves.toBeUndefined();
  await client.closed();
});

test('more connections than allowed are closed, and those there are go on', async () => {
  const gateway = await startGateway({ mode: 'starttls', maxConnections: 1 });
  const first = await Client.loggedIn(gateway, 'plain');
  const second = await Client.connect(gateway, 'plain');
  await second.closed();
  expect(await first.command('NOOP')).toMatch(/^250 /);
});

test('a client that closes its side inside a message has sent nothing and is let go', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.loggedIn(gateway, 'plain');
  await client.startData();
  client.send(`${LETTER}\r\n`);
  client.finish();
  await client.closed();
  expect(gateway.sent).toEqual([]);
});

test('attack: octets before the greeting end the connection', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain', `EHLO x\r\nMAIL FROM:<${OWN}>\r\n`);
  await client.closed();
  expect(gateway.attempts).toEqual([]);
});

test('attack: a web page that posts to the port is sent away', async () => {
  const client = await Client.connect(await startGateway());
  expect(await client.command('POST / HTTP/1.1')).toMatch(/^421 /);
  await client.closed();
});

test('attack: a command line without end is cut off', async () => {
  const client = await Client.connect(await startGateway());
  client.send('EHLO '.padEnd(100_000, 'x'));
  expect(await client.reply()).toMatch(/^421 /);
  await client.closed();
});
