/** How a message goes through, as Thunderbird and others speak (mail-clients §9). */
import { expect, test, vi } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { Client, LETTER } from './client.ts';
import { DOMAIN, OFFICE, OWN, startGateway } from './gateway.ts';

test("Thunderbird's session: a letter is handed to the outbox and the reply names the data message", async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.command(`MAIL FROM:<${OWN}> BODY=8BITMIME SIZE=300`)).toBe('250 2.1.0 Accepted\r\n');
  expect(await client.command(`RCPT TO:<${OFFICE}>`)).toBe('250 2.1.5 Městský úřad Kolín, zdarma\r\n');
  expect(await client.command('DATA')).toMatch(/^354 /);
  client.send(`${LETTER}\r\n.\r\n`);
  expect(await client.reply()).toBe('250 2.0.0 Datová zpráva 1490000010 odeslána (Městský úřad Kolín)\r\n');
  expect(gateway.sent).toHaveLength(1);
  expect(gateway.sent[0]?.recipient).toMatchObject({ boxId: 'urad453' });
  expect(gateway.sent[0]?.draft).toMatchObject({ subject: 'Žaloba', text: 'Dobrý den, žaluji.', from: OWN });
  expect(await client.command('QUIT')).toMatch(/^221 /);
});

test('one connection carries several messages', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.sendMessage(LETTER);
  expect(await client.sendMessage(LETTER, `jiny234@${DOMAIN}`)).toMatch(/^250 2\.0\.0 /);
  expect(gateway.sent.map(({ recipient }) => recipient.boxId)).toEqual(['urad453', 'jiny234']);
});

test('a paid message says so at RCPT, and a box without a name is called by its ID', async () => {
  const gateway = await startGateway({
    checkRecipient: async () => ({ boxId: 'firma23', name: undefined, paid: true }),
  });
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command(`RCPT TO:<firma23@${DOMAIN}>`)).toBe('250 2.1.5 firma23, placená\r\n');
});

test('a repeated mail gets the first result', async () => {
  const gateway = await startGateway({ send: async () => ({ dmID: '7', repeated: true }) });
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(LETTER)).toBe('250 2.0.0 Datová zpráva 7 už byla odeslána (Městský úřad Kolín)\r\n');
});

test('pipelining: MAIL, RCPT and DATA in one packet, and the next message right behind the dot', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  const envelope = `MAIL FROM:<${OWN}>\r\nRCPT TO:<${OFFICE}>\r\nDATA\r\n`;
  client.send(`${envelope}${LETTER}\r\n.\r\n${envelope}${LETTER}\r\n.\r\nQUIT\r\n`);
  const replies: string[] = [];
  for (let count = 0; count < 9; count++) replies.push((await client.reply()).slice(0, 3));
  expect(replies).toEqual(['250', '250', '354', '250', '250', '250', '354', '250', '221']);
  expect(gateway.sent).toHaveLength(2);
});

test('attachments reach the outbox, and lines that begin with a dot keep it', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.sendMessage(
    [
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      '.tečka na začátku',
      '--b',
      'Content-Type: text/plain; name="příloha.txt"',
      'Content-Disposition: attachment; filename="příloha.txt"',
      'Content-Transfer-Encoding: 8bit',
      '',
      '.',
      '..dvě',
      '--b--',
    ].join('\r\n'),
  );
  expect(gateway.sent[0]?.files).toEqual({ 'příloha.txt': '.\r\n..dvě' });
  expect(gateway.sent[0]?.draft.text).toBe('.tečka na začátku');
});

test('the reply names what was left out', async () => {
  const client = await Client.loggedIn(await startGateway());
  const parts = [
    'Content-Type: multipart/signed; boundary=b\r\n',
    '--b\r\nContent-Type: text/plain\r\n\r\ntext',
    '--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx',
    '--b--',
  ];
  expect(await client.sendMessage(parts.join('\r\n'))).toMatch(
    /^250 2\.0\.0 .*\(Městský úřad Kolín\); nepředáno: smime\.p7s\r\n$/,
  );
});

test('the session that the log and the outbox know is the one that a refusal names', async () => {
  const gateway = await startGateway({
    send: async () => {
      throw new Refused('annotation-missing');
    },
  });
  const client = await Client.loggedIn(gateway);
  const session = /relace (\w+)/.exec(await client.sendMessage(LETTER))?.[1];
  expect(session).toMatch(/^[a-z]{8}$/);
  expect(gateway.sent[0]?.sessionId).toBe(session);
  expect(gateway.attempts[0]?.sessionId).toBe(session);
  expect(gateway.logged.join('')).toContain(`"session":"${session}"`);
});

test('the log names accounts and data messages, never passwords, subjects, texts or files', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.sendMessage(LETTER);
  const log = gateway.logged.join('');
  expect(log).toContain('1490000010');
  expect(log).toContain('účet-1');
  expect(log).not.toMatch(/Heslo|Žaloba|žaluji/);
});

test.each([
  ['before', [OWN, OFFICE]],
  ['behind', [OFFICE, OWN]],
])('reply to all: the own address %s the box changes nothing', async (_, recipients) => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  for (const recipient of recipients) expect(await client.command(`RCPT TO:<${recipient}>`)).toMatch(/^250 /);
  await client.command('DATA');
  expect(await client.command(`${LETTER}\r\n.`)).toMatch(/^250 2\.0\.0 Datová zpráva/);
  expect(gateway.sent).toHaveLength(1);
});

/** The answer to a mail for these boxes. */
async function sendTo(client: Client, boxes: readonly string[]): Promise<string> {
  await client.command(`MAIL FROM:<${OWN}>`);
  for (const box of boxes) expect(await client.command(`RCPT TO:<${box}@${DOMAIN}>`)).toMatch(/^250 2\.1\.5 /);
  await client.command('DATA');
  return client.command(`${LETTER}\r\n.`);
}

test('several recipients: each gets a message, once, in the order in which they were named', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await sendTo(client, ['urad453', 'jiny234', 'URAD453'.toLowerCase()])).toBe(
    '250-2.0.0 Počet odeslaných datových zpráv: 2\r\n' +
      '250-2.0.0 Datová zpráva 1490000010 odeslána (Městský úřad Kolín)\r\n' +
      '250 2.0.0 Datová zpráva 1490000010 odeslána (Městský úřad Kolín)\r\n',
  );
  expect(gateway.sent.map(({ recipient }) => recipient.boxId)).toEqual(['urad453', 'jiny234']);
});

test('a partial success names those who were not reached', async () => {
  const gateway = await startGateway({ failing: { jiny234: new Refused('recipient-closed', { box: 'jiny234' }) } });
  const client = await Client.loggedIn(gateway);
  expect(await sendTo(client, ['urad453', 'jiny234'])).toMatch(
    /^250-2\.0\.0 Odeslané datové zprávy: 1 z 2\. Neodeslané: jiny234; důvody přijdou jako zpráva do vaší schránky\r\n/,
  );
});

test.each(['NOOP', 'QUIT', 'RSET', `MAIL FROM:<${OWN}>`, 'NONSENSE'])(
  'a success is confirmed to the outbox as soon as the program goes on with %s',
  async (command) => {
    const gateway = await startGateway();
    const client = await Client.loggedIn(gateway);
    await client.sendMessage(LETTER);
    expect(gateway.confirmed).toEqual([]);
    await client.command(command);
    expect(gateway.confirmed).toEqual([1]);
  },
);

test.each(['tls', 'plain', 'starttls'] as const)(
  'a command sent behind the mail (%s), as Exim sends QUIT, tells nothing of the answer: nothing is confirmed before the next',
  async (mode) => {
    const gateway = await startGateway(mode === 'tls' ? {} : { mode: 'starttls' });
    const client = await Client.loggedIn(gateway, mode === 'tls' ? 'tls' : 'plain', mode === 'starttls');
    await client.startData();
    client.send(`${LETTER}\r\n.\r\nNOOP\r\n`);
    expect(await client.reply()).toMatch(/^250 2\.0\.0 Datová zpráva/);
    expect(await client.reply()).toMatch(/^250 /);
    expect(gateway.confirmed).toEqual([]);
    await client.command('NOOP');
    expect(gateway.confirmed).toEqual([1]);
  },
);

test('a program that leaves without another command may not have heard of the success: nothing is confirmed', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.sendMessage(LETTER);
  client.destroy();
  await vi.waitFor(() => expect(gateway.logged.join('')).toContain('smtp session closed'));
  expect(gateway.confirmed).toEqual([]);
});

test('a program that is sent away after its message may not have heard of the success: nothing is confirmed', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.sendMessage(LETTER);
  await gateway.server.close(1);
  await client.closed();
  expect(gateway.confirmed).toEqual([]);
});

test.each([
  [{ paid: true, price: 1_050 }, 'placená, 10,50 Kč'],
  [{ paid: true, price: 800 }, 'placená, 8 Kč'],
  [{ paid: true, price: 1_000, largePrice: 3_050 }, 'placená, 10 Kč, nad 20 MB 30,50 Kč'],
  [{ paid: true, price: 0 }, 'platí ji někdo jiný'],
  [{ paid: true, unlessPrepaid: 'payment-missing' }, 'jen předplacená odpověď'],
] as const)('who pays is said at RCPT: %j', async (payment, text) => {
  const gateway = await startGateway({ checkRecipient: async () => ({ boxId: 'firma23', name: 'Firma', ...payment }) });
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command(`RCPT TO:<firma23@${DOMAIN}>`)).toBe(`250 2.1.5 Firma, ${text}\r\n`);
});

test('a box that is named twice must be named with the same options: none of them gets lost', async () => {
  const options = [{ personalDelivery: true }, { personalDelivery: true }, {}, { toHands: 'Novak' }] as const;
  let asked = 0;
  const checkRecipient = async () => ({ boxId: 'firma23', name: undefined, paid: false, ...options[asked++] });
  const client = await Client.loggedIn(await startGateway({ checkRecipient }));
  await client.command(`MAIL FROM:<${OWN}>`);
  const replies: string[] = [];
  for (const _ of options) replies.push(await client.command(`RCPT TO:<firma23@${DOMAIN}>`));
  expect(replies.map((reply) => reply.slice(0, 9))).toEqual(['250 2.1.5', '250 2.1.5', '550 5.1.3', '550 5.1.3']);
});
