/** What a connection may do before its log-in: so long, so much, so often refused; and the log does not grow with it. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { base64, Client, plainToken } from './client.ts';
import { DOMAIN, LOGIN, OWN, PASSWORD, startGateway, type Gateway } from './gateway.ts';

/** Repeats a command until the server ends the connection; answers the replies that came. */
async function untilClosed(client: Client, command: string): Promise<string[]> {
  const replies: string[] = [];
  for (let reply = await client.command(command); reply !== ''; reply = await client.command(command)) {
    replies.push(reply);
    if (reply.startsWith('421')) break;
  }
  await client.closed();
  return replies;
}

function written(gateway: Gateway): string[] {
  return gateway.logged.filter((line) => !line.includes('"level":20'));
}

test('attack: octets that trickle in do not prolong the time before the log-in', async () => {
  const gateway = await startGateway({ mode: 'starttls', loginTimeoutMs: 300 });
  const client = await Client.connect(gateway, 'plain');
  const trickle = setInterval(() => client.send('N'), 10);
  onTestFinished(() => clearInterval(trickle));
  expect(await client.reply()).toMatch(/^421 4\.3\.2 /);
  await client.closed();
});

test('after the log-in that time no longer counts', async () => {
  const gateway = await startGateway({ mode: 'starttls', loginTimeoutMs: 1_000 });
  const client = await Client.loggedIn(gateway, 'plain');
  const stranger = await Client.connect(gateway, 'plain');
  await stranger.closed();
  expect(await client.command('NOOP')).toMatch(/^250 /);
});

test.each([
  ['MAIL where no log-in is possible', 'MAIL FROM:<a@b.cz>', false],
  ['AUTH where it is not offered', 'AUTH PLAIN', false],
  ['AUTH with a broken token', 'AUTH PLAIN AAAA', true],
])('attack: %s ends the connection after ten refusals', async (_, command, loopbackLogin) => {
  const gateway = await startGateway({ mode: 'starttls', loopbackLogin });
  const client = await Client.connect(gateway, 'plain');
  await client.command('EHLO x');
  const replies = await untilClosed(client, command);
  expect(replies.filter((reply) => reply.startsWith('5')).length).toBeLessThanOrEqual(10);
  expect(replies.at(-1)).toMatch(/^421 /);
  expect(gateway.attempts).toEqual([]);
});

test('attack: NOOP without end, where no log-in is possible, is ended', async () => {
  const gateway = await startGateway({ mode: 'starttls', loopbackLogin: false });
  const client = await Client.connect(gateway, 'plain');
  const replies = await untilClosed(client, 'NOOP');
  expect(replies.length).toBeLessThanOrEqual(40);
  expect(replies.at(-1)).toMatch(/^421 /);
});

test('attack: a thousand sessions without a log-in leave a few lines in the log', async () => {
  const gateway = await startGateway({ mode: 'starttls', loopbackLogin: false });
  for (let i = 0; i < 30; i++) {
    const client = await Client.connect(gateway, 'plain');
    await client.command('EHLO x');
    await client.command('MAIL FROM:<a@b.cz>');
    await client.command('QUIT');
    await client.closed();
  }
  await vi.waitFor(() => expect(written(gateway).filter((line) => line.includes('session closed'))).toHaveLength(5));
  expect(written(gateway).filter((line) => line.includes('smtp refused'))).toHaveLength(5);
});

test('four tries of a password with both mechanisms are within what is allowed', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  await client.command('EHLO x');
  await client.startTls();
  await client.command('EHLO x');
  for (let i = 0; i < 2; i++) expect(await client.command(`AUTH PLAIN ${plainToken('spatne')}`)).toMatch(/^535 /);
  await client.command('AUTH LOGIN');
  await client.command(base64(OWN));
  expect(await client.command(base64('spatne'))).toMatch(/^535 /);
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^235 /);
});

test.each([
  ['AUTH PLAIN', [`AUTH PLAIN ${base64(`\0${LOGIN}\0`)}`]],
  ['AUTH LOGIN', ['AUTH LOGIN', base64(LOGIN), '']],
  ['AUTH LOGIN with the name in the command', [`AUTH LOGIN ${base64(LOGIN)}`, '']],
])('an empty password is refused by %s, and no account is asked', async (_, commands) => {
  const gateway = await startGateway();
  const client = await Client.connect(gateway);
  await client.command('EHLO x');
  let reply = '';
  for (const command of commands) reply = await client.command(command);
  expect(reply).toMatch(/^5(35 5\.7\.8|01 5\.5\.4) /);
  expect(gateway.attempts).toEqual([]);
});

test.each(['', LOGIN, OWN, LOGIN.toUpperCase(), `${LOGIN}+tablet@${DOMAIN}`])(
  'AUTH PLAIN may name the own account to act for: %s',
  async (identity) => {
    const client = await Client.connect(await startGateway());
    await client.command('EHLO x');
    const token = base64(`${identity}\0${LOGIN}\0${PASSWORD}`);
    expect(await client.command(`AUTH PLAIN ${token}`)).toMatch(/^235 /);
  },
);

test.each(['jiny123', `jiny123@${DOMAIN}`, `${LOGIN}@jinde.example`, 'Žluťoučký kůň'])(
  'AUTH PLAIN may not name somebody else to act for: %s',
  async (identity) => {
    const gateway = await startGateway();
    const client = await Client.connect(gateway);
    await client.command('EHLO x');
    const token = base64(`${identity}\0${LOGIN}\0${PASSWORD}`);
    expect(await client.command(`AUTH PLAIN ${token}`)).toMatch(/^535 5\.7\.8 .*jen za sebe/);
    expect(gateway.attempts).toEqual([]);
  },
);

test("somebody else's box to act for is refused after the log-in has shown whose it is", async () => {
  const client = await Client.connect(await startGateway());
  await client.command('EHLO x');
  const token = base64(`urad453@${DOMAIN}\0${LOGIN}\0${PASSWORD}`);
  expect(await client.command(`AUTH PLAIN ${token}`)).toMatch(/^535 5\.7\.8 .*jen za sebe/);
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 /);
});
