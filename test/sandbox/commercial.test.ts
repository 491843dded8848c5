import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, letterXml, list, sandboxAt, valueOf } from './client.ts';

async function send(sandbox: Sandbox, login: string, to: string, values = {}, type = '') {
  const reply = await call(
    sandbox,
    'CreateMessage',
    letterXml({ dbIDRecipient: to, ...values }, undefined, type),
    login,
  );
  const dmID = valueOf(reply.text, 'dmID');
  return { code: reply.code, type: dmID === undefined ? undefined : sandbox.world.message(dmID).type };
}

test('with an authority on either side a message is public and free', async () => {
  await using sandbox = await sandboxAt();
  expect(await send(sandbox, 'kamil1', demoBoxes.office)).toEqual({ code: '0000', type: undefined });
  expect(await send(sandbox, 'urad01', demoBoxes.refusesPdz)).toEqual({ code: '0000', type: undefined });
});

test('between others it is commercial: by contract, or from credit as long as it lasts', async () => {
  await using sandbox = await sandboxAt();
  expect(await send(sandbox, 'stavby', demoBoxes.company)).toEqual({ code: '0000', type: 'K' });
  expect(await send(sandbox, 'zofie1', demoBoxes.company)).toEqual({ code: '0000', type: 'E' });
  expect(sandbox.world.box(demoBoxes.person).pdzCredit).toBe(0);
  expect(await send(sandbox, 'zofie1', demoBoxes.company)).toEqual({ code: '1205', type: undefined });
});

test('a refused message costs nothing', async () => {
  await using sandbox = await sandboxAt();
  await send(sandbox, 'zofie1', demoBoxes.company, { dmAnnotation: '&#7;' });
  expect(sandbox.world.box(demoBoxes.person).pdzCredit).toBe(1_000);
});

test('marked as public between two companies it is refused', async () => {
  await using sandbox = await sandboxAt();
  expect((await send(sandbox, 'stavby', demoBoxes.company, {}, 'V')).code).toBe('1233');
});

test('an initiatory message needs a contract and a reference number', async () => {
  await using sandbox = await sandboxAt();
  expect((await send(sandbox, 'zofie1', demoBoxes.company, {}, 'I')).code).toBe('1242');
  expect((await send(sandbox, 'stavby', demoBoxes.company, {}, 'I')).code).toBe('1235');
  expect(await send(sandbox, 'stavby', demoBoxes.company, { dmSenderRefNumber: 'N-1' }, 'I')).toEqual({
    code: '0000',
    type: 'I',
  });
});

test('its answer is free, once, and only after it was delivered', async () => {
  await using sandbox = await sandboxAt();
  const reply = (values: object) => send(sandbox, 'pekar1', demoBoxes.builder, values, 'O');
  expect((await reply({})).code).toBe('1236');
  expect((await reply({ dmRecipientRefNumber: 'JINÉ-1' })).code).toBe('1234');
  expect((await reply({ dmRecipientRefNumber: 'NAB-77/2026' })).code).toBe('1251');
  await list(sandbox);
  expect(await reply({ dmRecipientRefNumber: 'NAB-77/2026' })).toEqual({ code: '0000', type: 'O' });
  expect(sandbox.world.box(demoBoxes.company).pdzCredit).toBe(5_000);
  expect((await reply({ dmRecipientRefNumber: 'NAB-77/2026' })).code).toBe('1234');
});

test.each([
  ['pekar1', demoBoxes.builder, 'Normal', 'true'],
  ['pekar1', demoBoxes.builder, 'Init', 'false'],
  ['stavby', demoBoxes.company, 'Init', 'true'],
  ['kamil1', demoBoxes.company, 'Normal', 'false'],
  ['pekar3', demoBoxes.builder, 'Normal', 'false'],
  ['pekar1', demoBoxes.office, 'Normal', 'false'],
  ['pekar1', demoBoxes.company, 'Normal', 'false'],
  ['pekar1', demoBoxes.closed, 'Normal', 'false'],
  ['pekar1', demoBoxes.refusesPdz, 'Normal', 'false'],
])('may %s pay for a message to %s (%s)? %s', async (login, to, type, answer) => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'PDZSendInfo', `<dbId>${to}</dbId><PDZType>${type}</PDZType>`, login);
  expect(valueOf(text, 'PDZsiResult')).toBe(answer);
});

async function offers(sandbox: Sandbox, login: string, box: string) {
  const { code, text } = await call(sandbox, 'PDZInfo', `<PDZSender>${box}</PDZSender>`, login);
  const records = [...text.matchAll(/<q:dbPDZRecord>(.*?)<\/q:dbPDZRecord>/g)].map(([, record = '']) => ({
    type: valueOf(record, 'PDZType'),
    to: valueOf(record, 'PDZRecip'),
    left: valueOf(record, 'PDZCnt'),
    reply: valueOf(record, 'ODZIdent'),
  }));
  return { code, records };
}

test('what may pay: a reply that somebody prepaid until it is used, a contract without end, credit as far as it goes', async () => {
  await using sandbox = await sandboxAt();
  const { company, builder, poor } = demoBoxes;
  const reply = { type: 'O', to: builder, left: '1', reply: 'NAB-77/2026' };
  const credit = { type: 'E', to: undefined, left: '5', reply: undefined };
  expect((await offers(sandbox, 'pekar1', company)).records).toEqual([reply, credit]);
  await list(sandbox);
  await send(sandbox, 'pekar1', builder, { dmRecipientRefNumber: 'NAB-77/2026' }, 'O');
  expect((await offers(sandbox, 'pekar1', company)).records).toEqual([credit]);
  const contract = { type: 'K', to: undefined, left: undefined, reply: undefined };
  expect((await offers(sandbox, 'stavby', builder)).records).toEqual([contract]);
  expect(await offers(sandbox, 'kamil1', poor)).toEqual({ code: '0000', records: [] });
  expect((await offers(sandbox, 'kamil1', company)).code).toBe('1004');
});

test('the price list', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'GetConstants', '<constDate>2026-11-28</constDate>');
  const prices = [...text.matchAll(/<q:cName>(\w+)<\/q:cName><q:cValue>(\d+)</g)].map(([, name, value]) => [
    name,
    value,
  ]);
  expect(prices).toEqual([
    ['PDZ_CREDIT_PRICE', '1000'],
    ['PDZ_CONTRACT_PRICE', '1000'],
    ['VOPDZ_CREDIT_PRICE', '3000'],
    ['VOPDZ_CONTRACT_PRICE', '3000'],
  ]);
  expect((await call(sandbox, 'GetConstants', '<constDate>dnes</constDate>')).code).toBe('2017');
});

test('an offer of a reply ends after ninety days', async () => {
  await using sandbox = await sandboxAt();
  await list(sandbox);
  const { company, builder } = demoBoxes;
  const offer = sandbox.world.messagesOf(company, 'recipient').find(({ type }) => type === 'I');
  const ends = (offer?.arrivedAt ?? 0) + 90 * 86_400_000;
  sandbox.clock.turn(ends - sandbox.clock.now());
  expect((await offers(sandbox, 'pekar1', company)).records).toHaveLength(2);
  sandbox.clock.turn(1);
  expect((await offers(sandbox, 'pekar1', company)).records).toHaveLength(1);
  expect((await list(sandbox)).text).toMatch(/<q:dmRecord dmType="X">/);
  expect((await send(sandbox, 'pekar1', builder, { dmRecipientRefNumber: 'NAB-77/2026' }, 'O')).code).toBe('1234');
});

test('fiction does not open an offer', async () => {
  await using sandbox = await sandboxAt();
  const { company, builder } = demoBoxes;
  sandbox.clock.turn(20 * 86_400_000);
  expect((await send(sandbox, 'pekar1', builder, { dmRecipientRefNumber: 'NAB-77/2026' }, 'O')).code).toBe('1251');
  expect(sandbox.world.messagesOf(company, 'recipient').find(({ type }) => type === 'I')?.state).toBe(5);
});

test('what is left of the credit is told to the own box', async () => {
  await using sandbox = await sandboxAt();
  const ask = (box: string, from = '2026-01-01', to = '2026-11-20Z') =>
    call(sandbox, 'DataBoxCreditInfo', `<dbID>${box}</dbID><ciFromDate>${from}</ciFromDate><ciTodate>${to}</ciTodate>`);
  expect(valueOf((await ask(demoBoxes.company)).text, 'currentCredit')).toBe('5000');
  expect((await ask(demoBoxes.person)).code).toBe('1004');
  expect((await ask(demoBoxes.company, '2026-11-21')).code).toBe('1058');
  expect((await ask(demoBoxes.company, '20. 11. 2026')).code).toBe('2017');
});
