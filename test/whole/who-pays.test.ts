/** Prepaid replies, paid messages and initiatory ones: what ISDS has in the end, and what is left of the credit. */
import { expect, test } from 'vitest';
import { demoBoxes, demoPopulation, State } from '../../src/sandbox/index.ts';
import { house } from './one-mail.ts';
import { domain } from './whole.ts';

const { office, company, builder, poor } = demoBoxes;

test('a reply to an initiatory message is free, and says so; the same reply again is not a paid one', async () => {
  const { send, sentTo, offer, world, created } = await house();
  const { reply } = offer();
  const first = await send({ to: builder, headers: [reply] });
  const [message] = sentTo(builder);
  expect(first).toBe(
    `250 2.0.0 Datová zpráva ${message?.dmID} odeslána jako předplacená odpověď, zdarma (Stavby Šťastný & synové a.s.)\r\n`,
  );
  expect(message).toMatchObject({ type: 'O', recipientRefNumber: 'NAB-77/2026' });
  expect(await send({ to: builder, headers: [reply] })).toContain(`${message?.dmID} už byla odeslána`);
  expect(created()).toBe(1);
  expect(world.box(company).pdzCredit).toBe(5_000);
});

test('another reply, when the prepaid one was used, is refused; the sender may choose to pay', async () => {
  const { send, sentTo, offer, world, created } = await house();
  const { message, reply } = offer();
  message.type = 'Y';
  const refused = await send({ to: builder, headers: [reply] });
  expect(refused.replaceAll('\r\n550-5.7.1', '')).toMatch(
    /^550.5\.7\.1 Předplacená odpověď na tuto zprávu už byla využita nebo vypršela; nic nebylo odesláno ani zaplaceno\. .*novou místo odpovědi/,
  );
  expect(created()).toBe(0);
  expect(await send({ to: builder, headers: [reply, 'X-ISDS-Prepaid-Reply: no'] })).toMatch(/^250 .* odeslána \(/);
  expect(sentTo(builder)).toMatchObject([{ type: 'E', recipientRefNumber: 'NAB-77/2026' }]);
  expect(world.box(company).pdzCredit).toBe(4_000);
});

test('a prepaid reply to a message that ISDS does not show any more is refused, not paid for', async () => {
  const { send, offer, sandbox, created } = await house();
  const { reply } = offer();
  sandbox.faults.add({ operation: 'MessageEnvelopeDownload', kind: 'status', code: '1219' });
  const refused = await send({ to: builder, headers: [reply] });
  expect(refused.replaceAll('\r\n550-5.7.1', '')).toMatch(
    /^550.5\.7\.1 Předplacenou odpověď nelze poslat; .*zaplaceno/,
  );
  expect(created()).toBe(0);
});

test.each(['X-ISDS-Prepaid-Reply: no', 'X-ISDS-Type: E'])('%s pays although the reply is prepaid', async (header) => {
  const { send, sentTo, offer, world } = await house();
  await send({ to: builder, headers: [offer().reply, header] });
  expect(sentTo(builder)).toMatchObject([{ type: 'E' }]);
  expect(world.box(company).pdzCredit).toBe(4_000);
});

test('a new message to the same box is paid as always', async () => {
  const { send, sentTo, offer } = await house();
  offer();
  await send({ to: builder });
  expect(sentTo(builder)).toMatchObject([{ type: 'E' }]);
});

test.each([
  ['that ISDS does not know', 'NAB-78/2026', '1234'],
  ['that was not delivered by login', 'NAB-77/2026', '1251'],
])('a prepaid reply to a message %s is refused by ISDS and never becomes a paid one', async (_, number, code) => {
  const { send, sentTo, world } = await house();
  const headers = ['X-ISDS-Type: O', `X-ISDS-Recipient-Ref-Number: ${number}`];
  const reply = (await send({ to: builder, headers })).replaceAll('\r\n550-5.7.1', '');
  expect(reply).toMatch(
    /^550.5\.7\.1 Předplacenou odpověď nelze poslat; nic nebylo odesláno ani zaplaceno\. ISDS uvádí: /,
  );
  expect(reply).toContain(`[ISDS ${code}]`);
  expect(sentTo(builder)).toEqual([]);
  expect(world.box(company).pdzCredit).toBe(5_000);
});

test('a prepaid reply with another reference number than that of its message is refused before ISDS sees it', async () => {
  const { send, offer, created } = await house();
  const reply = await send({ to: builder, headers: [offer().reply, 'X-ISDS-Recipient-Ref-Number: NAB-78/2026'] });
  expect(reply).toMatch(/^554.5\.6\.0 .*musí obsahovat číslo jednací zprávy, na kterou odpovídá/);
  expect(created()).toBe(0);
});

test('who has no credit may send the prepaid reply and nothing else', async () => {
  const { name } = await house();
  expect(await name(builder, 'kamil1')).toMatch(/^550.5\.7\.1 .*nestačí kredit/);

  const letter = { from: builder, to: poor, type: 'I', annotation: 'Nabidka', senderRefNumber: 'NAB-1', files: [] };
  const population = { ...demoPopulation(Date.now()), letters: [{ ...letter, state: State.deliveredByLogin }] };
  const offered = await house({}, population);
  expect(await offered.name(builder, 'kamil1')).toBe(
    '250 2.1.5 Stavby Šťastný & synové a.s., jen předplacená odpověď\r\n',
  );
  expect(await offered.send({ login: 'kamil1', to: builder })).toMatch(/^550.5\.7\.1 .*nestačí kredit/);
  expect(offered.created()).toBe(0);
  const [message] = offered.world.messagesOf(poor, 'recipient');
  const headers = [`In-Reply-To: <${message?.dmID}@${domain}>`];
  expect(await offered.send({ login: 'kamil1', to: builder, headers })).toContain('jako předplacená odpověď, zdarma');
  expect(offered.sentTo(builder)).toMatchObject([{ type: 'O' }]);
});

test('paid messages switched off: refused at RCPT with a remedy, while free ones and prepaid replies go', async () => {
  const { send, name, offer, sentTo } = await house({ POSTOLKA_SENDING_PAID_MESSAGES: 'refuse' });
  expect(await name(company, 'stavby')).toMatch(
    /^550.5\.7\.1 Zpráva do datové schránky pekarn4 by byla placená a správce této brány placené zprávy nepovolil/,
  );
  expect(await name(office)).toMatch(/^250 .*, zdarma/);
  expect(await name(builder)).toMatch(/^250 .*, jen předplacená odpověď/);
  expect(await send({ to: builder })).toMatch(/^550.5\.7\.1 Zpráva do datové schránky stavby2 by byla placená/);
  expect(await send({ to: builder, headers: [offer().reply] })).toMatch(/^250 .*předplacená odpověď/);
  expect(sentTo(builder)).toMatchObject([{ type: 'O' }]);
});

test('an initiatory message: by contract and with a reference number', async () => {
  const { send, sentTo, created } = await house();
  const wish = 'X-ISDS-Type: I';
  expect(await send({ login: 'stavby', to: company, headers: [wish] })).toMatch(
    /^550.5\.7\.1 Zprávu s předplacenou odpovědí/,
  );
  expect(created()).toBe(0);
  const headers = [wish, 'X-ISDS-Sender-Ref-Number: NAB-78/2026'];
  expect(await send({ to: builder, headers })).toContain('[ISDS 1242]');
  expect(await send({ login: 'stavby', to: company, headers })).toMatch(/^250 /);
  expect(sentTo(company)).toMatchObject([{ type: 'I', senderRefNumber: 'NAB-78/2026' }]);
});
