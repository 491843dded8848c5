/** A gateway set to English answers a sending program in English, from the first reply to the last. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { Client, LETTER, plainToken } from './client.ts';
import { DOMAIN, OFFICE, OWN, startGateway } from './gateway.ts';

const READ_RECEIPT = [
  `From: ${OWN}`,
  'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
  '',
  '--b',
  '',
  'Zpráva byla zobrazena.',
  '--b--',
].join('\r\n');

test('recipients, sent messages and refusals are told in English', async () => {
  const gateway = await startGateway({ language: 'en' });
  const client = await Client.connect(gateway);
  await client.command('EHLO [127.0.0.1]');
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 5\.7\.0 The server waits for a log-in\./);
  await client.command(`AUTH PLAIN ${plainToken()}`);
  await client.command(`MAIL FROM:<${OWN}>`);
  expect(await client.command(`RCPT TO:<${OWN}>`)).toBe('250 2.1.5 Your own box\r\n');
  expect(await client.command(`RCPT TO:<${OFFICE}>`)).toBe('250 2.1.5 Městský úřad Kolín, free of charge\r\n');
  expect(await client.command(`RCPT TO:<vyzvednout@${DOMAIN}>`)).toMatch(/^550 5\.5\.3 A mail that allows a pick-up/);
  await client.command('RSET');
  expect(await client.sendMessage(LETTER)).toBe('250 2.0.0 Data message 1490000010 sent (Městský úřad Kolín)\r\n');
  expect(await client.sendMessage(LETTER, `vyzvednout@${DOMAIN}`)).toMatch(/^250 2\.0\.0 At the next check for mail/);
  expect(await client.sendMessage(READ_RECEIPT)).toMatch(/^250 2\.0\.0 Read receipts are not sent/);
});

test('all problems of a mail are told in English; what ISDS said stays Czech', async () => {
  const others = [
    { reason: 'file-misnamed', facts: { file: 'řez.dbf', extension: 'dbf', found: INDEX, right: RIGHT } },
    { reason: 'files-too-large', facts: { size: 20.1, limit: 20 } },
  ] as const;
  const refused = new Refused('file-refused', { said: 'Soubor je vadný.' }, { isdsCode: '1226', others });
  const gateway = await startGateway({ language: 'en', send: () => Promise.reject(refused) });
  const client = await Client.loggedIn(gateway);
  expect((await client.sendMessage(LETTER)).split('\r\n')).toEqual([
    expect.stringMatching(
      /^554-5\.6\.1 ISDS refused an attachment\. Change it as it says, for example convert it to PDF, or leave it out\. ISDS says: Soubor je vadný\. \[ISDS 1226\] \(session [a-z]{8}, problems in all: 3\)$/,
    ),
    '554-5.6.1 File “řez.dbf” has the extension .dbf, but its content is a spatial index. Rename it with the extension .sbn or .sbx.',
    '554 5.6.1 The files have 20.1 MB together, 20 MB are allowed. Divide them among several mails.',
    '',
  ]);
});

const INDEX = { cs: 'prostorový rejstřík', en: 'a spatial index' };
const RIGHT = { cs: '.sbn nebo .sbx', en: '.sbn or .sbx' };
