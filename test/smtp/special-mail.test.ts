/** Mails that programs send by themselves (mail-clients §11). */
import { expect, test } from 'vitest';
import { Client, LETTER } from './client.ts';
import { OWN, startGateway } from './gateway.ts';

const OUTLOOK_TEST = [
  `From: Microsoft Outlook <${OWN}>`,
  `To: ${OWN}`,
  'Subject: =?utf-8?B?Wmt1xaFlYm7DrSB6cHLDoXZh?=',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Tuto zprávu odeslala automaticky aplikace.</p>',
].join('\r\n');

const READ_RECEIPT = [
  `From: ${OWN}`,
  'Subject: Přečteno: Výzva',
  'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Zpráva byla zobrazena.',
  '--b--',
].join('\r\n');

test("Outlook's account test is answered with 250 and goes nowhere", async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(OUTLOOK_TEST, OWN)).toMatch(/^250 2\.0\.0 Zkušební zpráva/);
  expect(gateway.checked).toEqual([]);
  expect(gateway.sent).toEqual([]);
});

test('a letter to oneself is refused after DATA', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(LETTER, OWN)).toMatch(
    /^550 5\.7\.1 Do vlastní datové schránky vlastni nelze posílat/,
  );
  expect(gateway.sent).toEqual([]);
});

test('somebody called Microsoft Outlook may still write to others', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(OUTLOOK_TEST)).toMatch(/^250 2\.0\.0 Datová zpráva/);
});

test('a read receipt is answered with 250 and goes nowhere, with the null sender too', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(READ_RECEIPT)).toMatch(/^250 2\.0\.0 Potvrzení o přečtení/);
  await client.command('MAIL FROM:<>');
  await client.command('RCPT TO:<urad453@schranky.example>');
  await client.command('DATA');
  client.send(`${READ_RECEIPT}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^250 2\.0\.0 Potvrzení/);
  expect(gateway.sent).toEqual([]);
});

test('anything else from the null sender is refused', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  await client.command('MAIL FROM:<>');
  await client.command('RCPT TO:<urad453@schranky.example>');
  await client.command('DATA');
  client.send(`${LETTER}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^550 5\.7\.1 Odesílatel <> nepatří/);
  expect(gateway.sent).toEqual([]);
});

test.each([
  ['Auto-Submitted: auto-replied', 'Automatická odpověď'],
  ['X-Autoreply: yes', 'Automatická odpověď'],
  ['Precedence: junk', 'Automatická odpověď'],
  ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', 'Zpráva o nedoručení'],
  ['Content-Type: text/calendar; method=REPLY', 'Odpověď na pozvánku'],
  ['Content-Type: text/calendar; method=REQUEST', 'Zpráva je jen pozvánka z kalendáře'],
  ['Content-Type: text/vnd.google.email-reaction+json', 'Reakce (smajlík místo odpovědi)'],
  ['Resent-From: ab12345@schranky.example', 'Přesměrovaná zpráva'],
])('a mail with %s is refused', async (header, words) => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  const reply = await client.sendMessage(`${header}\r\nSubject: x\r\n\r\n--b\r\n\r\ntext\r\n--b--`);
  expect(reply).toMatch(/^554 5\.7\.1 /);
  expect(reply).toContain(words);
  expect(gateway.sent).toEqual([]);
});

test('a mail to the gateway’s own address allows one pick-up and goes nowhere', async () => {
  const gateway = await startGateway();
  const client = await Client.loggedIn(gateway);
  expect(await client.sendMessage(LETTER, 'Vyzvednout@schranky.example')).toMatch(
    /^250 2\.0\.0 Při příštím načtení pošty/,
  );
  expect(gateway.permitted).toHaveLength(1);
  expect(gateway.sent).toEqual([]);
  expect(gateway.checked).toEqual([]);
});
