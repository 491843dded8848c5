import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, letterXml, multipleXml, sandboxAt, valueOf, valuesOf } from './client.ts';

const { office, company, person, builder, closed, poor } = demoBoxes;

const send = (sandbox: Sandbox, login: string, ...request: Parameters<typeof multipleXml>) =>
  call(sandbox, 'CreateMultipleMessage', multipleXml(...request), login);

/** Codes as they stand in the answer: those of the recipients in their order, the global one last. */
const codesOf = (text: string) => valuesOf(text, 'dmStatusCode');

const arrived = (sandbox: Sandbox, ...boxes: readonly string[]) =>
  boxes.map((box) => sandbox.world.messagesOf(box, 'recipient').length);

test('every recipient gets a message with a number and an addressee of its own', async () => {
  await using sandbox = await sandboxAt();
  const { text, code } = await send(sandbox, 'urad01', [company, person], {
    dmAnnotation: 'Pozvánka na veřejné čtení',
  });
  expect([code, codesOf(text)]).toEqual(['0000', ['0000', '0000', '0000']]);
  const messages = valuesOf(text, 'dmID').map((dmID) => sandbox.world.message(dmID));
  expect(messages.map(({ recipient, toHands, annotation }) => [recipient.boxId, toHands, annotation])).toEqual([
    [company, 'Osoba 1', 'Pozvánka na veřejné čtení'],
    [person, 'Osoba 2', 'Pozvánka na veřejné čtení'],
  ]);
  expect(messages[0]?.files[0]?.name).toBe('dopis.txt');
});

test('some fail: 0004, single codes in the order of the recipients, and no number for those that failed', async () => {
  await using sandbox = await sandboxAt();
  const wanted = [closed, company, 'aydaadk', 'urad3k8', 'aaaaaaa', office];
  const { text } = await send(sandbox, 'urad01', wanted);
  expect(codesOf(text)).toEqual(['1204', '0000', '1202', '2011', '1203', '1216', '0004']);
  expect(valuesOf(text, 'dmID')).toHaveLength(1);
  expect(text).toMatch(/<p:dmSingleStatus><p:dmStatus><p:dmStatusCode>1204/);
});

test.each([
  ['fifty-one recipients', Array.from({ length: 51 }, () => person), '1217'],
  ['two paid messages', [company, person], '1217'],
  ['a paid and a public message', [office, company], '1217'],
  ['a paid message and one that cannot be delivered', [closed, company], '1217'],
])('%s are refused as a whole', async (_, recipients, code) => {
  await using sandbox = await sandboxAt();
  const login = recipients.length > 50 ? 'urad01' : 'stavby';
  const before = arrived(sandbox, office, company, person);
  const { text } = await send(sandbox, login, recipients);
  expect(codesOf(text)).toEqual([code]);
  expect(text).not.toContain('dmMultipleStatus');
  expect(arrived(sandbox, office, company, person)).toEqual(before);
});

test('fifty recipients are the most', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await send(
    sandbox,
    'urad01',
    Array.from({ length: 50 }, () => person),
  );
  expect(new Set(valuesOf(text, 'dmID')).size).toBe(50);
});

test('a paid message may go to one', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await send(sandbox, 'pekar1', [builder]);
  expect(codesOf(text)).toEqual(['0000', '0000']);
  expect(sandbox.world.message(valueOf(text, 'dmID') ?? '').type).toBe('E');
  expect(codesOf((await send(sandbox, 'kamil1', [company])).text)).toEqual(['1205', '0004']);
});

test('rules of CreateMessage hold for the whole: rights, texts, files', async () => {
  await using sandbox = await sandboxAt();
  const request = multipleXml([company, poor]);
  const ask = async (xml: string, login = 'urad01') =>
    codesOf((await call(sandbox, 'CreateMultipleMessage', xml, login)).text);
  expect(await ask(request, 'pekar3')).toEqual(['1206']);
  expect(await ask(multipleXml([company], { dmAnnotation: 'zvonek&#7;' }))).toEqual(['1225']);
  expect(await ask(request.replace('dopis.txt', 'dopis'))).toEqual(['1214']);
  expect(await ask(request.replace(/<dmFiles>.*/, '<dmFiles/>'))).toEqual(['2032']);
  expect(await ask(request.replace('<dmFiles>', '<dmFiles><dmExtFile dmAttID="1"/>'))).toEqual(['1283']);
  expect(await ask(request.replace('<dmEnvelope>', '<dmEnvelope><dmAnnotation>x</dmAnnotation>'))).toEqual(['2003']);
  expect(await ask(request.replace(/<dmRecipients>.*<\/dmRecipients>/, '<dmRecipients/>'))).toEqual(['2003']);
  expect(await ask(request.replace('<dmToHands>Osoba 1</dmToHands>', ''))).toEqual(['2003']);
  expect(await ask(letterXml())).toEqual(['2003']);
});
