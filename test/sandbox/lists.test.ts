import { expect, test } from 'vitest';
import { demoBoxes, demoLogins, startSandbox } from '../../src/sandbox/index.ts';
import { call, list, listQuery, sandboxAt, valuesOf } from './client.ts';
import { systemClock } from '../../src/core/index.ts';

const SENT = { unit: 'dmSenderOrgUnitNum' };

test('records come newest first and are numbered in this answer only', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await list(sandbox);
  const times = valuesOf(text, 'dmDeliveryTime').map((time) => Date.parse(time));
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect(valuesOf(text, 'dmOrdinal')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
});

test('of two messages that arrived in the same moment the later one comes first', async () => {
  await using sandbox = await sandboxAt();
  const letter = { from: demoBoxes.office, to: demoBoxes.company, files: [] };
  const [earlier, later] = [sandbox.world.deliver(letter), sandbox.world.deliver(letter)];
  expect(valuesOf((await list(sandbox)).text, 'dmID').slice(0, 2)).toEqual([later.dmID, earlier.dmID]);
});

test('an empty list is written in three ways: empty, nil, or not at all', async () => {
  const boxes = [
    {
      id: demoBoxes.person,
      type: 'FO' as const,
      name: 'Žofie Tichá',
      address: { street: 'U Křížku', number: '3', city: 'Lhotka', zip: '39602' },
    },
  ];
  const [login] = demoLogins.filter(({ name }) => name === 'zofie1');
  const sandbox = await startSandbox({
    clock: systemClock,
    population: { boxes, logins: login === undefined ? [] : [login], letters: [] },
  });
  expect((await list(sandbox, 'zofie1')).text).toContain('<q:dmRecords></q:dmRecords>');
  expect((await call(sandbox, 'GetListOfSentMessages', listQuery(SENT), 'zofie1')).text).toContain(
    '<q:dmRecords xsi:nil="true"/>',
  );
  const changes = await call(sandbox, 'GetMessageStateChanges', '<dmFromTime/><dmToTime/>', 'zofie1');
  expect([changes.code, changes.text.includes('dmRecords')]).toEqual(['0000', false]);
  await sandbox.close();
});

test('message numbers are not chronological', async () => {
  await using sandbox = await sandboxAt();
  const numbers = valuesOf((await list(sandbox)).text, 'dmID').map(Number);
  expect(new Set(numbers).size).toBe(7);
  expect(numbers).not.toEqual(numbers.toSorted((one, other) => other - one));
});

test('offset counts from one, limit cuts', async () => {
  await using sandbox = await sandboxAt();
  const all = valuesOf((await list(sandbox)).text, 'dmID');
  expect(valuesOf((await list(sandbox, 'pekar1', { offset: '2', limit: '3' })).text, 'dmID')).toEqual(all.slice(1, 4));
});

test('the filter is a sum of powers of two of the states', async () => {
  await using sandbox = await sandboxAt();
  expect(valuesOf((await list(sandbox, 'pekar1', { filter: '128' })).text, 'dmMessageStatus')).toEqual(['7']);
  expect(valuesOf((await list(sandbox, 'pekar1', { filter: '112' })).text, 'dmMessageStatus')).toEqual(
    Array(6).fill('6'),
  );
});

test('times limit the arrival, both ends belong to the range, without offset they are Czech', async () => {
  await using sandbox = await sandboxAt();
  const [newest] = sandbox.world.messagesOf(demoBoxes.company, 'recipient');
  // It arrived two hours before 10:00 Czech time.
  const range = { from: '2026-11-20T08:00:00', to: '2026-11-20T07:00:00Z' };
  expect(valuesOf((await list(sandbox, 'pekar1', range)).text, 'dmID')).toEqual([newest?.dmID]);
  expect(valuesOf((await list(sandbox, 'pekar1', { from: '2026-11-20T08:00:00.001+01:00' })).text, 'dmID')).toEqual([]);
});

test('offsets follow summer and winter time within one list', async () => {
  await using sandbox = await sandboxAt('2026-10-26T09:00:00.000Z');
  const times = valuesOf((await list(sandbox)).text, 'dmDeliveryTime');
  expect(times.at(0)).toMatch(/\+01:00$/);
  expect(times.at(-1)).toMatch(/\+02:00$/);
});

test('an erased message is in no list', async () => {
  await using sandbox = await sandboxAt();
  const [message] = sandbox.world.messagesOf(demoBoxes.company, 'recipient');
  sandbox.world.setState(message?.dmID ?? '', 9);
  expect(valuesOf((await list(sandbox)).text, 'dmID')).not.toContain(message?.dmID);
});

test('annotations are escaped, system messages have type 0 and no type letter', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await list(sandbox);
  expect(text).toContain('Spis „Kůň &amp; hříbě“ &lt;příloha č. 1&gt; "ověřená" kopie');
  expect(text).toMatch(/<q:dmRecord><q:dmOrdinal>6<\/q:dmOrdinal><q:dmID>\d+<\/q:dmID><q:dbIDSender>aaaaaaa</);
  expect(valuesOf(text, 'dmSenderType')).toEqual(['16', '16', '16', '20', '20', '0', '16']);
  expect(text).toContain('<q:dmRecord dmType="I">');
});

test('large and suspicious messages are marked in the record', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation: 'Projekt',
    files: [],
    vodz: true,
    suspicious: true,
  });
  expect((await list(sandbox)).text).toContain('<q:dmRecord dmVODZ="true" specMessFlag="1">');
});

test('the sender sees a read message as delivered', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'GetListOfSentMessages', listQuery(SENT), 'urad01');
  expect(valuesOf(text, 'dbIDRecipient')).toContain(demoBoxes.company);
  expect(valuesOf(text, 'dmMessageStatus')).toEqual(['4', '4', '4', '4', '4', '6']);
});

test('state changes tell of own sent messages, of the last fifteen days only', async () => {
  await using sandbox = await sandboxAt();
  await list(sandbox, 'zofie1');
  const { text } = await call(sandbox, 'GetMessageStateChanges', '<dmFromTime/><dmToTime/>', 'urad01');
  const changes = valuesOf(text, 'dmMessageStatus');
  expect(changes.filter((state) => state === '6')).toHaveLength(1);
  const old = sandbox.world.messagesOf(demoBoxes.company, 'recipient').at(-1);
  expect(valuesOf(text, 'dmID')).not.toContain(old?.dmID);
});
