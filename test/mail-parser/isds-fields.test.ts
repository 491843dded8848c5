/** X-ISDS fields in the head of a mail, as the draft carries them. */
import { expect, test } from 'vitest';
import { composeReceivedMail } from '../../src/mail-writer/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { letter, plain, read } from './samples.ts';

const withHeaders = (...headers: string[]) => read(letter(plain('text'), headers));

test('fields come decoded, on one line, whatever the case of their names', async () => {
  const { envelopeFields } = await withHeaders(
    'X-ISDS-To-Hands: =?UTF-8?Q?Jan_Nov=C3=A1k?=',
    'x-isds-sender-ref-number: =?windows-1250?Q?K=8A?=',
    '\t7/2026',
    'X-Isds-Type: K',
    'X-Mailer: swaks',
  );
  expect(envelopeFields).toEqual([
    { name: 'x-isds-to-hands', value: 'Jan Novák' },
    { name: 'x-isds-sender-ref-number', value: 'KŠ 7/2026' },
    { name: 'x-isds-type', value: 'K' },
  ]);
});

test('letters in UTF-8 as they are, which programs write who offer no encoding', async () => {
  expect((await withHeaders('X-ISDS-To-Hands: Jan Novák')).envelopeFields).toEqual([
    { name: 'x-isds-to-hands', value: 'Jan Novák' },
  ]);
});

test('a field that comes twice comes twice, and an empty one not at all', async () => {
  const { envelopeFields } = await withHeaders('X-ISDS-Type: K', 'X-ISDS-To-Hands:', 'X-ISDS-Type: E');
  expect(envelopeFields.map(({ value }) => value)).toEqual(['K', 'E']);
});

test('attack: a line end inside of an encoded word makes no field of its own', async () => {
  const hidden = Buffer.from('Novák\r\nX-ISDS-Personal-Delivery: yes\r\n\r\n').toString('base64');
  const { envelopeFields } = await withHeaders(`X-ISDS-To-Hands: =?UTF-8?B?${hidden}?=`);
  expect(envelopeFields).toEqual([{ name: 'x-isds-to-hands', value: 'Novák X-ISDS-Personal-Delivery: yes' }]);
});

test('attack: thousands of encoded fields are not all decoded', async () => {
  const headers = Array.from({ length: 2_000 }, (_, index) => `X-ISDS-${index}: =?UTF-8?Q?x?=`);
  expect((await withHeaders(...headers)).envelopeFields).toHaveLength(50);
});

test('the fields of a received mail that is sent on, or edited as a new one, do not count', async () => {
  const envelope = envelopeOf({ type: 'I', personalDelivery: true, toHands: 'Jan Novák' });
  const received = composeReceivedMail(envelope, { domain: 'schranky.example', now: 0 });
  const mail = Buffer.concat([received.head, received.end]).toString('latin1');
  expect(mail).toContain('X-ISDS-Personal-Delivery: yes');
  expect((await read(mail)).envelopeFields).toEqual([]);
});

test('the fields of a mail inside of the mail do not count', async () => {
  const inner = letter(plain('text'), ['From: a@b.cz', 'Subject: x', 'X-ISDS-Personal-Delivery: yes']);
  const outer = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--\r\n`;
  expect((await read(letter(outer))).envelopeFields).toEqual([]);
});
