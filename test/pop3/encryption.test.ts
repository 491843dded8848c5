/** TLS: port 995, STLS, and that no password is taken in the clear from afar. */
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { Wording } from '../../src/refusals/index.ts';
import { listen, LoginNetworks } from '../../src/net/index.ts';
import { AccountSessions, servePop3 } from '../../src/pop3/index.ts';
import { FakeAccounts, FakeMailbox, NAME, PASSWORD } from './fakes.ts';
import { Client, gateway, greeted, loggedIn, material, MAILS } from './gateway.ts';

/** A client that has sent this and heard the go-ahead changes to TLS on the same connection. */
async function upgraded(client: Client): Promise<Client> {
  client.socket.removeAllListeners('data');
  const secured: TLSSocket = connectTls({ socket: client.socket, ca: material.cert, servername: 'localhost' });
  const inside = new Client(secured);
  await once(secured, 'secureConnect');
  return inside;
}

/** A client whose address is not this computer's. */
async function fromAfar(): Promise<{ client: Client; accounts: FakeAccounts }> {
  const accounts = new FakeAccounts();
  const log = createLog('silent');
  const options = {
    accounts,
    sessions: new AccountSessions(),
    networks: new LoginNetworks(systemClock),
    clock: systemClock,
    mailbox: new FakeMailbox(MAILS),
    log,
    tls: material,
    domain: 'ds.example.cz',
    wording: new Wording('cs'),
    loopbackLogin: true,
  };
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    log,
    converse: (socket, place) =>
      servePop3(Object.defineProperty(socket, 'remoteAddress', { value: '192.0.2.7' }), options, place),
  });
  onTestFinished(() => listener.close(0));
  const client = new Client(connectPlain(listener.address.port, '127.0.0.1'));
  await client.line();
  return { client, accounts };
}

test('port 995 speaks TLS from the first octet, and offers no STLS', async () => {
  const client = await loggedIn(await gateway({ mode: 'implicit-tls' }));
  expect(await client.list('CAPA')).toEqual([
    'USER',
    'UIDL',
    'TOP',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'EXPIRE NEVER',
    'IMPLEMENTATION Postolka',
  ]);
  await client.command('RETR 1');
  expect(await client.body()).toContain('Dobrý den,');
  expect(await client.command('QUIT')).toMatch(/^\+OK/);
  expect(await client.rest()).toBe('');
});

test('CAPA is the same before and after the login', async () => {
  const to = await gateway({ mode: 'implicit-tls' });
  const before = await (await greeted(to)).list('CAPA');
  expect(await (await loggedIn(to)).list('CAPA')).toEqual(before);
});

test('neither PIPELINING nor UTF8, LANG, SASL or LOGIN-DELAY is offered', async () => {
  const client = await greeted(await gateway());
  expect((await client.list('CAPA')).join(' ')).not.toMatch(/PIPELINING|UTF8|LANG|SASL|LOGIN-DELAY/);
});

test('after STLS the session goes on encrypted', async () => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.list('CAPA')).toContain('STLS');
  expect(await client.command('STLS')).toMatch(/^\+OK/);
  const inside = await upgraded(client);
  expect(await inside.list('CAPA')).not.toContain('STLS');
  expect(await inside.command('STLS')).toMatch(/^-ERR/);
  await inside.command(`USER ${NAME}`);
  expect(await inside.command(`PASS ${PASSWORD}`)).toMatch(/^\+OK/);
  await inside.command('RETR 2');
  expect(await inside.body()).toHaveLength(5);
  expect(await inside.command('QUIT')).toMatch(/^\+OK/);
});

test('STARTTLS injection (CVE-2011-0411): commands sent in the clear after STLS are never carried out', async () => {
  const to = await gateway();
  const client = await greeted(to);
  client.send(`STLS\r\nUSER ${NAME}\r\nPASS ${PASSWORD}\r\nDELE 1\r\nQU`);
  expect(await client.line()).toMatch(/^\+OK/);
  const inside = await upgraded(client);
  expect(await inside.command('STAT')).toMatch(/^-ERR Nejdrive se prihlaste/);
  expect(to.accounts.attempts).toEqual([]);
});

test('STARTTLS injection in a later packet breaks the handshake', async () => {
  const to = await gateway();
  const client = await greeted(to);
  expect(await client.command('STLS')).toMatch(/^\+OK/);
  client.send(`USER ${NAME}\r\nPASS ${PASSWORD}\r\n`);
  await client.rest();
  await to.close();
  expect(to.accounts.attempts).toEqual([]);
  expect(to.log.at(-1)).toContain('tls-failed');
});

test('a handshake that does not come is not waited for', async () => {
  const to = await gateway({ times: { handshake: 10 } });
  const client = await greeted(to);
  await client.command('STLS');
  await client.rest();
  await to.close();
  expect(to.log.at(-1)).toContain('tls-failed');
});

test('a user name given before STLS is forgotten', async () => {
  const to = await gateway();
  const client = await greeted(to);
  await client.command(`USER ${NAME}`);
  await client.command('STLS');
  const inside = await upgraded(client);
  expect(await inside.command(`PASS ${PASSWORD}`)).toMatch(/^-ERR Nejdrive poslete USER/);
  expect(to.accounts.attempts).toEqual([]);
});

test.each([`USER ${NAME}`, `PASS ${PASSWORD}`, 'AUTH PLAIN', 'AUTH LOGIN', 'AUTH PLAIN AGEAYg=='])(
  'from afar in the clear "%s" is refused before a password is asked for',
  async (line) => {
    const { client, accounts } = await fromAfar();
    expect(await client.command(line)).toMatch(/^-ERR \[SYS\/PERM\] Prihlaseni je mozne jen sifrovanym spojenim/);
    expect(accounts.attempts).toEqual([]);
  },
);

test('from afar CAPA offers STLS and no USER, until the session is encrypted', async () => {
  const { client } = await fromAfar();
  const offered = await client.list('CAPA');
  expect(offered).toContain('STLS');
  expect(offered).not.toContain('USER');
  expect(await client.list('AUTH')).toEqual([]);
  await client.command('STLS');
  const inside = await upgraded(client);
  expect(await inside.list('CAPA')).toContain('USER');
  await inside.command(`USER ${NAME}`);
  expect(await inside.command(`PASS ${PASSWORD}`)).toMatch(/^\+OK/);
});

test('plain octets on port 995 harm nobody', async () => {
  const to = await gateway({ mode: 'implicit-tls' });
  const stray = new Client(connectPlain(to.port, '127.0.0.1'));
  stray.send('USER abc123\r\n');
  await stray.rest();
  expect(await (await loggedIn(to)).command('STAT')).toMatch(/^\+OK/);
});
