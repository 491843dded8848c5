/** What is refused, where in the conversation, and with which words. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { Client, LETTER } from './client.ts';
import { DOMAIN, OFFICE, OWN, startGateway } from './gateway.ts';

test('a foreign sender is refused at MAIL', async () => {
  const client = await Client.loggedIn(await startGateway());
  const reply = await client.command('MAIL FROM:<jiny@firma.example>');
  expect(reply).toMatch(/^550 5\.7\.1 Odesílatel jiny@firma\.example nepatří k přihlášené/);
});

test('a foreign From header is refused after DATA', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  const reply = await client.sendMessage(LETTER.replace(OWN, 'sef@firma.example'));
  expect(reply).toMatch(/^550 5\.7\.1 Odesílatel sef@firma\.example/);
  expect(gateway.sent).toEqual([]);
});

test('a mail without a From header is sent', async () => {
  const client = await Client.loggedIn(await startGateway());
  expect(await client.sendMessage(LETTER.replace(/^From.*\r\n/, ''))).toMatch(/^250 2\.0\.0 /);
});

test('a recipient outside the domain is refused at RCPT: no relay', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command('RCPT TO:<jan@seznam.example>')).toMatch(/^550 5\.7\.1 Adresa jan@seznam\.example není/);
  expect(await client.command('DATA')).toMatch(/^503 /);
});

test('a mail that allows a pick-up goes nowhere else, in either order', async () => {
  const client = await Client.loggedIn(await startGateway());
  const pickup = `vyzvednout@${DOMAIN}`;
  for (const [first, second] of [
    [pickup, OFFICE],
    [OFFICE, pickup],
  ]) {
    await client.command(`MAIL FROM:<${OWN}>`);
    expect(await client.command(`RCPT TO:<${first}>`)).toMatch(/^250 2\.1\.5 /);
    expect(await client.command(`RCPT TO:<${second}>`)).toMatch(/^550 5\.5\.3 E-mail, kterým povolujete vyzvednutí/);
    await client.command('RSET');
  }
});

test.each(['RET=HDRS', 'ENVID=QQ314159', 'SMTPUTF8', 'REQUIRETLS', 'SIZE=100 HOLDFOR=60'])(
  'what MAIL asks for and was not offered is refused by its name: %s (RFC 5321 §4.1.1.11)',
  async (parameters) => {
    const client = await Client.loggedIn(await startGateway());
    const name = /([A-Z0-9]+)(?:=\S+)?$/.exec(parameters)?.[1];
    expect(await client.command(`MAIL FROM:<${OWN}> ${parameters}`)).toMatch(
      new RegExp(`^555 5\\.5\\.4 Parametry ${name} brána nezná`),
    );
    // Without it the mail goes on.
    expect(await client.command(`MAIL FROM:<${OWN}> SIZE=100 BODY=8BITMIME AUTH=<>`)).toMatch(/^250 /);
    expect(await client.command(`RCPT TO:<${OFFICE}> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a@b.cz`)).toMatch(
      /^555 5\.5\.4 Parametry NOTIFY, ORCPT brána nezná/,
    );
    expect(await client.command(`RCPT TO:<${OFFICE}>`)).toMatch(/^250 /);
  },
);

test('the same recipient twice is one recipient', async () => {
  const client = await Client.loggedIn(await startGateway());
  await client.command(`MAIL FROM:<${OWN}>`);
  await client.command(`RCPT TO:<${OFFICE}>`);
  expect(await client.command(`RCPT TO:<${OFFICE.toUpperCase()}>`)).toMatch(/^250 2\.1\.5 /);
});

test('after RSET another recipient is the first one', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  await client.command(`RCPT TO:<${OFFICE}>`);
  await client.command('RSET');
  expect(await client.sendMessage(LETTER, `jiny234@${DOMAIN}`)).toMatch(/^250 /);
  expect(gateway.sent).toMatchObject([{ recipient: { boxId: 'jiny234' } }]);
});

test('ISDS out of reach is temporary at RCPT', async () => {
  const down = new Refused('isds-unreachable');
  const client = await Client.loggedIn(await startGateway({ checkRecipient: () => Promise.reject(down) }));
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command(`RCPT TO:<${OFFICE}>`)).toMatch(/^451 4\.4\.1 ISDS neodpovídá/);
});

test('an announced size over the limit is refused at MAIL with 552 5.3.4', async () => {
  const client = await Client.loggedIn(await startGateway());
  expect(await client.command(`MAIL FROM:<${OWN}> SIZE=1000001`)).toMatch(
    /^552 5\.3\.4 Zpráva je příliš velká, soubory smějí mít dohromady nejvýše 20 MB\./,
  );
  expect(await client.command(`MAIL FROM:<${OWN}> SIZE=1000000`)).toMatch(/^250 /);
});

test('a message that turns out too large gets 552 5.3.4 after the final dot and goes nowhere', async () => {
  const gateway = await startGateway({ limits: { maxMessageOctets: 10_000 } });
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(`${LETTER}\r\n${'x'.repeat(70)}\r\n`.repeat(100))).toMatch(
    /^552 5\.3\.4 Zpráva je příliš velká/,
  );
  expect(gateway.sent).toEqual([]);
  expect(await client.sendMessage(LETTER)).toMatch(/^250 /);
});

test('attack: a message without end is cut off', async () => {
  const gateway = await startGateway({ limits: { maxMessageOctets: 10_000 } });
  const client = await Client.loggedIn(gateway);
  await client.startData();
  client.send(`${LETTER}\r\n${`${'x'.repeat(70)}\r\n`.repeat(3000)}`);
  expect(await client.reply()).toMatch(/^552 5\.3\.4 /);
  await client.closed();
  expect(gateway.sent).toEqual([]);
});

test('a refusal of the outbox is the reply to the final dot, with its ISDS code', async () => {
  const refused = new Refused('isds-refused', { said: 'Nelze.' }, { isdsCode: '1216' });
  const client = await Client.loggedIn(await startGateway({ send: () => Promise.reject(refused) }));
  expect(await client.sendMessage(LETTER)).toMatch(
    /^550 5\.7\.1 ISDS operaci odmítl\. .* ISDS uvádí: Nelze\. \[ISDS 1216\] \(relace/,
  );
});

test('a long reply comes in several lines, each with the code and the enhanced code', async () => {
  const named = { boxId: 'urad453', name: 'Příliš dlouhý název '.repeat(50).trimEnd(), paid: false };
  const client = await Client.loggedIn(await startGateway({ checkRecipient: async () => named }));
  await client.command(`MAIL FROM:<${OWN}>`);
  const lines = (await client.command(`RCPT TO:<${OFFICE}>`)).trimEnd().split('\r\n');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.slice(0, -1).every((line) => line.startsWith('250-2.1.5 '))).toBe(true);
  expect(lines.every((line) => Buffer.byteLength(line) <= 510)).toBe(true);
  expect(lines.map((line) => line.slice('250-2.1.5 '.length)).join(' ')).toBe(`${named.name}, zdarma`);
});

test('a mail that cannot be read is refused, and the connection goes on', async () => {
  const client = await Client.loggedIn(await startGateway());
  const encrypted = `Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\n--b--`;
  expect(await client.sendMessage(encrypted)).toMatch(/^554 5\.6\.0 Šifrovaný e-mail nelze předat/);
  expect(await client.sendMessage(LETTER)).toMatch(/^250 /);
});

test('a missing spool directory is temporary', async () => {
  const client = await Client.loggedIn(await startGateway({ spoolDirectory: join('/', 'neni', 'zde') }));
  expect(await client.sendMessage('Content-Type: application/pdf\r\n\r\nx')).toMatch(
    /^452 4\.3\.1 Brána nemá kam uložit/,
  );
});

test('a fault of the gateway is temporary and tells nothing of its inside', async () => {
  const gateway = await startGateway({ send: () => Promise.reject(new Error('tajný vnitřek')) });
  const client = await Client.loggedIn(gateway);
  const reply = await client.sendMessage(LETTER);
  expect(reply).toMatch(/^451 4\.3\.0 Vnitřní chyba brány/);
  expect(reply).not.toContain('tajný');
  expect(gateway.logged.join('')).toContain('tajný vnitřek');
});

test('attack: a file name cannot forge a second reply line', async () => {
  const refused = new Refused('file-type-refused', { file: 'a\r\n250 2.0.0 ok', extension: 'exe' });
  const client = await Client.loggedIn(await startGateway({ send: () => Promise.reject(refused) }));
  expect(await client.sendMessage(LETTER)).toMatch(/^554 5\.6\.1 Soubor „a 250 2\.0\.0 ok“[^\r\n]*\r\n$/);
});

test('several problems are a reply of several lines, each with the code', async () => {
  const others = [{ reason: 'file-empty', facts: { file: 'prázdný.pdf' } } as const];
  const refused = new Refused('file-type-refused', { file: 'program.exe', extension: 'exe' }, { others });
  const client = await Client.loggedIn(await startGateway({ send: () => Promise.reject(refused) }));
  expect(await client.sendMessage(LETTER)).toMatch(
    /^554-5\.6\.1 Soubor „program\.exe“: .* \(relace \w+, celkem problémů: 2\)\r\n554 5\.6\.1 Soubor „prázdný\.pdf“ je prázdný\. Vynechte ho\.\r\n$/,
  );
});

test.each([
  ['storage-full', 40, '452 4.3.1'],
  ['file-empty', 30, '554 5.6.1'],
] as const)(
  'what the operator can mend is a warning in the log, what the sender can is none: %s',
  async (reason, level, code) => {
    const send = async () => {
      throw new Refused(reason, { file: 'prázdný.pdf' });
    };
    const gateway = await startGateway({ send });
    const reply = await (await Client.loggedIn(gateway)).sendMessage(LETTER);
    expect(reply.startsWith(code)).toBe(true);
    const lines = gateway.logged.map((line) => JSON.parse(line) as { level: number; reason?: string });
    expect(lines.filter((line) => line.reason === reason).map((line) => line.level)).toEqual([level]);
  },
);
