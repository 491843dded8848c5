import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, download, letterXml, list, listQuery, sandboxAt, valueOf, valuesOf } from './client.ts';

/** Waiting messages of the company, by annotation. */
function waiting(sandbox: Sandbox): string[] {
  const messages = sandbox.world.messagesOf(demoBoxes.company, 'recipient');
  return messages.filter(({ state }) => state === 4 || state === 5).map(({ annotation }) => annotation ?? '');
}

test('the list delivers everything that is waiting and says when', async () => {
  await using sandbox = await sandboxAt();
  expect(waiting(sandbox)).toHaveLength(6);
  const { text } = await list(sandbox);
  expect(waiting(sandbox)).toEqual([]);
  expect(valuesOf(text, 'dmMessageStatus')).toEqual(['6', '6', '6', '6', '6', '6', '7']);
  expect(valueOf(text, 'dmAcceptanceTime')).toBe('2026-11-20T10:00:00.000+01:00');
});

test('a time range and a filter limit what is shown, not what is delivered', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await list(sandbox, 'pekar1', { from: '2027-01-01T00:00:00Z', filter: '128' });
  expect(valuesOf(text, 'dmID')).toEqual([]);
  expect(waiting(sandbox)).toEqual([]);
});

test('a login without the right to personal delivery leaves such messages waiting, but sees them', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await list(sandbox, 'pekar2');
  expect(waiting(sandbox)).toEqual(['Předvolání jednatele']);
  expect(valuesOf(text, 'dmMessageStatus')).toContain('4');
});

test('a login that may only see lists delivers nothing', async () => {
  await using sandbox = await sandboxAt();
  const { code, text } = await list(sandbox, 'pekar3');
  expect([code, valuesOf(text, 'dmID').length]).toEqual(['0000', 7]);
  expect(waiting(sandbox)).toHaveLength(6);
});

test('a login without the right to see lists gets 1209 and delivers nothing', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.login('pekar1').permissions = 1 + 2;
  expect((await list(sandbox)).code).toBe('1209');
  expect(waiting(sandbox)).toHaveLength(6);
});

const ID = '<dmID>1490003002</dmID>';

test.each([
  ['GetOwnerInfoFromLogin2', '<dbDummy/>'],
  ['GetUserInfoFromLogin2', '<dbDummy/>'],
  ['GetPasswordInfo', '<dbDummy/>'],
  ['DummyOperation', ''],
  ['GetListOfSentMessages', listQuery({ unit: 'dmSenderOrgUnitNum' })],
  ['GetMessageStateChanges', '<dmFromTime/><dmToTime/>'],
  ['MessageDownload', ID],
  ['SignedMessageDownload', ID],
  ['MessageEnvelopeDownload', ID],
  ['MarkMessageAsDownloaded', ID],
  ['GetDeliveryInfo', ID],
  ['CreateMessage', letterXml()],
  ['CheckDataBox', `<dbID>${demoBoxes.office}</dbID>`],
  ['ISDSSearch3', '<searchText>pekařství</searchText><searchType/><searchScope/><page/><pageSize/>'],
  ['PDZSendInfo', `<dbId>${demoBoxes.office}</dbId><PDZType/>`],
])('%s delivers nothing', async (operation, inside) => {
  await using sandbox = await sandboxAt();
  await call(sandbox, operation, inside);
  expect(waiting(sandbox)).toHaveLength(6);
});

test('a message delivered by fiction becomes 6 and keeps its time', async () => {
  await using sandbox = await sandboxAt();
  const { dmID } = sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation: 'Výzva',
    files: [],
  });
  sandbox.world.setState(dmID, 5, Date.parse('2026-11-20T08:00:00Z'));
  expect((await download(sandbox, dmID)).code).toBe('1222');
  await list(sandbox);
  expect(sandbox.world.message(dmID)).toMatchObject({ state: 6, deliveredAt: Date.parse('2026-11-20T08:00:00Z') });
});

test('fiction comes on the tenth day after the arrival, and shows when that day is over', async () => {
  await using sandbox = await sandboxAt('2026-11-02T09:00:00.000Z');
  const { dmID } = sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation: 'Výzva',
    files: [],
  });
  sandbox.clock.turn(Date.parse('2026-11-12T22:59:59.999Z') - sandbox.clock.now());
  expect(sandbox.world.message(dmID).state).toBe(4);
  sandbox.clock.turn(1);
  expect(sandbox.world.message(dmID)).toMatchObject({ state: 5, deliveredAt: Date.parse('2026-11-12T22:59:59.999Z') });
});

test('fiction waits for the first working day behind a weekend or a holiday, Easter included', async () => {
  await using sandbox = await sandboxAt('2026-03-24T11:00:00.000Z');
  const { dmID } = sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation: 'Výzva',
    files: [],
  });
  // Day ten is Good Friday, 3 April; Easter Monday is the 6th.
  sandbox.clock.turn(30 * 86_400_000);
  expect(sandbox.world.message(dmID).deliveredAt).toBe(Date.parse('2026-04-07T21:59:59.999Z'));
});

test('a message that forbids fiction waits for ever', async () => {
  await using sandbox = await sandboxAt();
  const letter = {
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation: 'Výzva',
    files: [],
    allowSubstDelivery: false,
  };
  const { dmID } = sandbox.world.deliver(letter);
  sandbox.clock.turn(60 * 86_400_000);
  expect(sandbox.world.message(dmID).state).toBe(4);
});

test('reading the list once more changes nothing', async () => {
  await using sandbox = await sandboxAt();
  const first = await list(sandbox);
  sandbox.clock.turn(60_000);
  expect((await list(sandbox)).text).toBe(first.text);
});
