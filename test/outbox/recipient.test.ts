/** What may be written to whom, what it costs, and what is asked for it. */
import { expect, test } from 'vitest';
import { type FoundBox, IsdsError, type PdzOffer, type Prices, type RecipientCalls } from '../../src/isds/index.ts';
import type { AskerIdentity } from '../../src/outbox/index.ts';
import { createRecipientCheck } from '../../src/outbox/recipient.ts';

const domain = 'datovka.example.cz';
const MINUTE = 60_000;
const SEARCH = 16;
const firm = { boxType: 'PO', sendOptions: 'PDZ', name: 'Stavby Šťastný & synové a.s.' } as const;
const office = { boxType: 'OVM', sendOptions: 'DZ', name: 'Úřad městské části Praha 99' } as const;
const contract = offer({ type: 'K' });
const credit = offer({ type: 'E', count: 12 });
const prepaid = offer({ type: 'O', recipientBox: 'aydaadk', count: 1, replyIdent: 'MUV/123/2026' });

function offer(changes: Partial<PdzOffer>): PdzOffer {
  const nothing = { recipientBox: undefined, payerBox: 'abcdefg', expiresAt: undefined, count: undefined };
  return { type: 'K', replyIdent: undefined, ...nothing, ...changes };
}

const PRICES: Prices = { fromCredit: 1_050, byContract: 800, largeFromCredit: 3_000, largeByContract: 2_400 };

const NOT_ALLOWED = new IsdsError({ kind: 'status', code: '1004', message: '', class: 'missing-right' });

function failWith(error: IsdsError): never {
  throw error;
}

/** ISDS as far as RCPT needs it; `calls` has one line a call. */
function newIsds(found: Partial<FoundBox> | null = office, changes: Partial<ReturnType<typeof answers>> = {}) {
  const calls: string[] = [];
  const answer = { ...answers(found), ...changes };
  const isds: RecipientCalls = {
    checkBox: async (box: string) => (calls.push(`check ${box}`), answer.state),
    findBox: async (box: string) => (calls.push(`find ${box}`), answer.found(box)),
    findBoxesByIco: async (ico: string) => (calls.push(`ico ${ico}`), answer.byIco),
    canSendPdz: async (box: string) => (calls.push(`pdz ${box}`), answer.pdz),
    pdzOffers: async () => (calls.push('offers'), answer.offers()),
    prices: async () => (calls.push('prices'), PRICES),
  };
  return { calls, answer, isds };
}

function answers(found: Partial<FoundBox> | null) {
  return {
    state: 1,
    found: (boxId: string): FoundBox | undefined => (found === null ? undefined : foundBox({ boxId, ...found })),
    byIco: [] as readonly FoundBox[],
    pdz: true,
    offers: (): readonly PdzOffer[] => [credit],
  };
}

function foundBox(changes: Partial<FoundBox>): FoundBox {
  return { boxId: 'aydaadk', boxType: 'PO', name: undefined, address: '', sendOptions: 'PDZ', ...changes };
}

function setUp(fake: ReturnType<typeof newIsds>, settings: { paidMessages?: 'refuse'; ownType?: string } = {}) {
  const clock = { time: 0, now: () => clock.time };
  const check = createRecipientCheck({ domain, clock, paidMessages: settings.paidMessages ?? 'allow' });
  const identity: AskerIdentity = {
    account: 'stastny1',
    view: '',
    login: 'Stastny1',
    box: { boxId: 'pekarn4', boxType: settings.ownType ?? 'PO', name: 'Kovárna Šťastný s.r.o.', boxState: 1 },
    rights: 255,
    loginKind: 'password',
    passwordExpiry: undefined,
    isds: fake.isds,
  };
  const signal = new AbortController().signal;
  return {
    clock,
    to: (local: string, changes: Partial<AskerIdentity> = {}) =>
      check({ ...identity, ...changes }, `${local}@${domain}`, signal),
  };
}

test('the options of the address come with the box, and nothing is asked twice for them', async () => {
  const fake = newIsds();
  const { to } = setUp(fake);
  expect(await to('aydaadk')).toEqual({ boxId: 'aydaadk', name: office.name, paid: false });
  expect(await to('AYDAADK+vr+kr=Jan_Novak')).toEqual({
    boxId: 'aydaadk',
    name: office.name,
    paid: false,
    toHands: 'Jan Novak',
    personalDelivery: true,
  });
  expect(await to('aydaadk')).not.toHaveProperty('toHands');
  expect(fake.calls).toEqual(['check aydaadk', 'find aydaadk']);
});

test('a good answer is remembered for five minutes, not longer for being asked for again', async () => {
  const fake = newIsds();
  const { to, clock } = setUp(fake);
  for (const minute of [0, 4, 5]) {
    clock.time = minute * MINUTE;
    await to('aydaadk');
  }
  expect(fake.calls).toHaveLength(4);
});

test('a mistyped box is asked for once a minute', async () => {
  const fake = newIsds(office, { state: 5 });
  const { to, clock } = setUp(fake);
  for (const second of [0, 10, 59]) {
    clock.time = second * 1_000;
    await expect(to('aydaadk')).rejects.toThrow('recipient-unknown');
  }
  expect(fake.calls).toEqual(['check aydaadk']);
  clock.time = MINUTE;
  fake.answer.state = 1;
  expect(await to('aydaadk')).toMatchObject({ boxId: 'aydaadk' });
});

test('an outage is not remembered', async () => {
  const fake = newIsds();
  const { to } = setUp(fake);
  const { found } = fake.answer;
  fake.answer.found = () => failWith(new IsdsError({ kind: 'maintenance' }));
  await expect(to('aydaadk')).rejects.toThrow('isds-maintenance');
  fake.answer.found = found;
  expect(await to('aydaadk')).toMatchObject({ boxId: 'aydaadk' });
});

test.each([302, 403, 404, 429, 499, 599])('HTTP %i refuses nobody for good, and is not remembered', async (status) => {
  const fake = newIsds();
  const { to } = setUp(fake);
  const { found } = fake.answer;
  fake.answer.found = () => failWith(new IsdsError({ kind: 'http', status }));
  await expect(to('aydaadk')).rejects.toThrow('isds-failure');
  fake.answer.found = found;
  expect(await to('aydaadk')).toMatchObject({ boxId: 'aydaadk' });
});

/** Types of the two boxes and what the search says (isds §6.1, §8.2). */
test.each([
  ['PO', 'OVM', 'DZ', false],
  ['PO', 'OVM_PO', 'ALL', false],
  ['FO', 'OVM_PFO', undefined, false],
  ['OVM', 'PO', 'DZ', false],
  ['OVM_REQ', 'FO', undefined, false],
  ['PO', 'PO', 'PDZ', true],
  ['PO', 'PO', 'ALL', true],
  ['PFO_ADVOK', 'FO', 'PDZ', true],
  ['FO', 'PO', undefined, true],
  ['PO', undefined, 'DZ', false],
  ['PO', undefined, undefined, true],
] as const)(
  'from %s to %s, which the search says takes %s: paid is %s',
  async (ownType, boxType, sendOptions, paid) => {
    const { to } = setUp(newIsds({ boxType, sendOptions }), { ownType });
    expect(await to('aydaadk')).toMatchObject({ paid });
  },
);

test.each([
  ['by contract, which goes before credit', [credit, contract], 800, 2_400],
  ['from credit', [credit], 1_050, 3_000],
  ['by somebody else, who goes before both', [credit, contract, offer({ type: 'G' })], 0, undefined],
  [
    'from credit, when the contract is for another box',
    [credit, offer({ type: 'K', recipientBox: 'abcdefg' })],
    1_050,
    3_000,
  ],
  ['from credit, when the subsidy is used up', [credit, offer({ type: 'G', count: 0 })], 1_050, 3_000],
  ['from credit, when the subsidy has ended', [credit, offer({ type: 'G', expiresAt: new Date(0) })], 1_050, 3_000],
  ['in a way that ISDS does not name', [prepaid], undefined, undefined],
])('what a commercial message costs that is paid %s', async (_, offers, price, largePrice) => {
  const { to } = setUp(newIsds(firm, { offers: () => offers }));
  expect(await to('aydaadk')).toEqual({
    boxId: 'aydaadk',
    name: firm.name,
    paid: true,
    ...(price === undefined ? {} : { price }),
    ...(largePrice === undefined ? {} : { largePrice }),
  });
});

test('prices are asked for once in hours, whoever sends', async () => {
  const fake = newIsds(firm);
  const { to, clock } = setUp(fake);
  for (const hour of [0, 1, 5]) {
    clock.time = hour * 60 * MINUTE;
    await to('aydaadk', { account: `účet ${hour}` });
  }
  expect(fake.calls.filter((call) => call === 'prices')).toHaveLength(1);
  clock.time = 6 * 60 * MINUTE;
  await to('aydaadk');
  expect(fake.calls.filter((call) => call === 'prices')).toHaveLength(2);
});

test('a price that ISDS does not tell stops nobody from sending', async () => {
  const { to } = setUp(newIsds(firm, { offers: () => failWith(NOT_ALLOWED) }));
  expect(await to('aydaadk')).toEqual({ boxId: 'aydaadk', name: firm.name, paid: true });
});

test.each([
  ['the sender cannot pay', { ...firm }, { pdz: false }, undefined, 'payment-missing'],
  [
    'a person whom the search hides takes no commercial messages',
    { ...firm, sendOptions: undefined },
    { pdz: false },
    undefined,
    'recipient-closed',
  ],
  ['the box takes no commercial messages', { ...firm, sendOptions: 'NONE' }, {}, undefined, 'recipient-closed'],
  ['paid messages are switched off', { ...firm }, {}, 'refuse', 'paid-message-off'],
] as const)('%s: refused, unless that box has prepaid a reply', async (_, found, changes, paidMessages, reason) => {
  const settings = paidMessages === undefined ? {} : { paidMessages };
  const refused = (offers: readonly PdzOffer[]) =>
    setUp(newIsds(found, { ...changes, offers: () => offers }), settings).to('aydaadk');
  await expect(refused([])).rejects.toThrow(reason);
  await expect(refused([contract, credit])).rejects.toThrow(reason);
  await expect(refused([{ ...prepaid, recipientBox: 'abcdefg' }])).rejects.toThrow(reason);
  await expect(refused([{ ...prepaid, count: 0 }])).rejects.toThrow(reason);
  await expect(refused([{ ...prepaid, expiresAt: new Date(0) }])).rejects.toThrow(reason);
  expect(await refused([prepaid])).toEqual({
    boxId: 'aydaadk',
    name: firm.name,
    paid: true,
    unlessPrepaid: reason,
  });
});

test('with paid messages switched off, free ones go on', async () => {
  const { to } = setUp(newIsds(office), { paidMessages: 'refuse' });
  expect(await to('aydaadk')).toMatchObject({ paid: false });
});

test.each([
  ['who may not ask for prepaid replies is told why the box is closed', NOT_ALLOWED, 'payment-missing'],
  ['an outage while they are asked for is told as such', new IsdsError({ kind: 'maintenance' }), 'isds-maintenance'],
])('%s', async (_, error, reason) => {
  const { to } = setUp(newIsds(firm, { pdz: false, offers: () => failWith(error) }));
  await expect(to('aydaadk')).rejects.toThrow(reason);
});

test('an authority that takes nothing from us is closed', async () => {
  const { to } = setUp(newIsds({ ...office, sendOptions: 'NONE' }));
  await expect(to('aydaadk')).rejects.toThrow('recipient-closed');
});

test('without the right to search a message to an authority goes, and one that can be paid for is called paid', async () => {
  const rights = 255 - SEARCH;
  const free = newIsds(null, { pdz: false });
  expect(await setUp(free).to('aydaadk', { rights })).toEqual({ boxId: 'aydaadk', name: undefined, paid: false });
  expect(free.calls).toEqual(['pdz aydaadk']);
  const paid = setUp(newIsds(null));
  expect(await paid.to('aydaadk', { rights })).toMatchObject({ paid: true, price: 1_050 });
  const off = setUp(newIsds(null, { offers: () => [] }), { paidMessages: 'refuse' });
  await expect(off.to('aydaadk', { rights })).rejects.toThrow('paid-message-off');
  await expect(paid.to('ico-00064581', { rights })).rejects.toThrow('not-permitted');
});

const prague = foundBox({ boxId: 'aydaadk', boxType: 'OVM', name: 'Hlavní město Praha', sendOptions: 'DZ' });
const police = foundBox({ boxId: 'urad3k7', boxType: 'OVM_REQ', name: 'Městská policie', sendOptions: 'DZ' });
const inactive = (box: FoundBox): FoundBox => ({ ...box, sendOptions: 'DISABLED' });

test('the IČO of an organisation with one box leads to it, with the options of the address', async () => {
  const fake = newIsds(null, { byIco: [prague] });
  expect(await setUp(fake).to('ICO-00064581+vr')).toEqual({
    boxId: 'aydaadk',
    name: 'Hlavní město Praha',
    paid: false,
    personalDelivery: true,
  });
  expect(fake.calls).toEqual(['ico 00064581', 'check aydaadk']);
});

test('boxes that were closed do not count', async () => {
  const { to } = setUp(newIsds(null, { byIco: [inactive(police), prague] }));
  expect(await to('ico-00064581')).toMatchObject({ boxId: 'aydaadk' });
});

test('of several boxes the sender chooses: their names and IDs are told', async () => {
  const { to } = setUp(newIsds(null, { byIco: [prague, police] }));
  await expect(to('ico-00064581')).rejects.toMatchObject({
    reason: 'recipient-ico-ambiguous',
    facts: { ico: '00064581', candidates: 'aydaadk (Hlavní město Praha), urad3k7 (Městská policie)' },
  });
});

test('a list of many boxes is cut', async () => {
  const many = Array.from({ length: 30 }, () => foundBox({ name: 'Pobočka' }));
  await expect(setUp(newIsds(null, { byIco: many })).to('ico-00064581')).rejects.toMatchObject({
    facts: { candidates: `${Array.from({ length: 20 }, () => 'aydaadk (Pobočka)').join(', ')}, …` },
  });
});

test.each([
  ['nobody has', [], 'recipient-ico-unknown'],
  ['has closed boxes only', [inactive(prague)], 'recipient-inaccessible'],
  ['is the sender’s own', [foundBox({ boxId: 'pekarn4', sendOptions: 'NONE' })], 'recipient-own-box'],
] as const)('an IČO that %s is refused', async (_, byIco, reason) => {
  await expect(setUp(newIsds(null, { byIco })).to('ico-00064581')).rejects.toThrow(reason);
});

test('of the own organisation another box than the own one is meant', async () => {
  const own = foundBox({ boxId: 'pekarn4', sendOptions: 'NONE' });
  expect(await setUp(newIsds(null, { byIco: [own, prague] })).to('ico-00064581')).toMatchObject({ boxId: 'aydaadk' });
});
