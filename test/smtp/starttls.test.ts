/** STARTTLS (RFC 3207 §4.2, §5): nothing that was said in the clear counts under TLS, and nothing is smuggled across the handshake. */
import { expect, test } from 'vitest';
import { Client, LETTER, plainToken } from './client.ts';
import { OFFICE, OWN, startGateway } from './gateway.ts';

const INJECTED = `EHLO podvod\r\nAUTH PLAIN ${plainToken()}\r\nMAIL FROM:<${OWN}>\r\nRCPT TO:<${OFFICE}>\r\nDATA\r\n`;

test.each([
  ['whole commands', INJECTED],
  ['a whole mail', `${INJECTED}${LETTER}\r\n.\r\nQUIT\r\n`],
  ['the beginning of a command, for the client’s first octets to complete', `AUTH PLAIN ${plainToken()}`],
  ['a line without its line feed', 'RSET\r'],
  ['bare line feeds', INJECTED.replaceAll('\r\n', '\n')],
  ['a second STARTTLS', 'STARTTLS\r\n'],
])('attack: STARTTLS injection (CVE-2011-0411) of %s behind STARTTLS', async (_what, injected) => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  await client.command('EHLO x');
  client.send(`STARTTLS\r\n${injected}`);
  expect(await client.reply()).toMatch(/^220 /);
  await client.startTls(false);
  expect(await client.command('NOOP')).toBe('250 2.0.0 OK\r\n');
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^503 /);
  expect(gateway.attempts).toEqual([]);
  expect(gateway.sent).toEqual([]);
});

test('attack: STARTTLS injection in front of STARTTLS is answered in the clear, and forgotten', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  client.send(`EHLO x\r\nAUTH PLAIN ${plainToken()}\r\nMAIL FROM:<${OWN}>\r\nRCPT TO:<${OFFICE}>\r\nSTARTTLS\r\n`);
  for (const code of [250, 235, 250, 250, 220]) expect(await client.reply()).toMatch(new RegExp(`^${code}`));
  await client.startTls(false);
  expect(await client.command('DATA')).toMatch(/^503 /);
  expect(await client.command(`RCPT TO:<${OFFICE}>`)).toMatch(/^503 /);
  await client.command('EHLO x');
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 /);
});

test('attack: STARTTLS injection in a later packet breaks the handshake', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  await client.command('EHLO x');
  expect(await client.command('STARTTLS')).toMatch(/^220 /);
  client.send(INJECTED);
  await client.closed();
  expect(gateway.attempts).toEqual([]);
});

test('under TLS there is no second STARTTLS, whichever way TLS began', async () => {
  const implicit = await Client.connect(await startGateway());
  expect(await implicit.command('EHLO x')).not.toContain('STARTTLS');
  expect(await implicit.command('STARTTLS')).toMatch(/^503 /);

  const begun = await Client.connect(await startGateway({ mode: 'starttls' }), 'plain');
  await begun.command('EHLO x');
  await begun.startTls();
  expect(await begun.command('EHLO x')).not.toContain('STARTTLS');
  expect(await begun.command('STARTTLS')).toMatch(/^503 /);
});
