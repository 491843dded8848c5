/** Certificate logins look without delivering while the policy is closed (isds §4.4). */
import { expect, test } from 'vitest';
import { IsdsError, type Notification } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { type Circumstances, FakeAccount, never, newMailbox, openMaildrop, readAll } from './fake-account.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Friday; the tenth day after it is Monday, 30 November. */
const START = Date.parse('2026-11-20T10:00:00Z');

function circumstances(policy: Circumstances['policy'] = { mode: 'manual', intervalMs: 5 * MINUTE, windows: [] }) {
  const account = new FakeAccount();
  const clock = { time: START, now: () => clock.time };
  const all = {
    account,
    clock,
    policy,
    loginKind: 'certificate',
    store: memoryStore(),
  } satisfies Circumstances;
  return { ...all, mailbox: newMailbox(all) };
}

type All = ReturnType<typeof circumstances> & { readonly boxType?: string };

function arrives({ account }: All, dmID: string, at: number, changes: Partial<Notification> = {}): void {
  const envelope = envelopeOf({ dmID, arrivedAt: new Date(at), annotation: 'Výzva k doplnění', senderBox: 'urad453' });
  account.messages.push(envelope);
  account.notifications.push({
    dmID,
    arrivedAt: new Date(at),
    personalDelivery: false,
    recipientBox: 'zzzzzzq',
    annotation: 'Výzva k doplnění',
    senderBox: 'urad453',
    sender: 'Městský úřad Vzorov',
    ...changes,
  });
}

function drop(all: All, view = '') {
  const { account, loginKind, boxType = 'PO' } = all;
  return openMaildrop(all.mailbox, { account, loginKind, boxType, view });
}

async function uids(all: All, view = ''): Promise<string[]> {
  return (await drop(all, view).messages(never)).map(({ uid }) => uid);
}

async function readFirst(all: All): Promise<{ octets: number; mail: string }> {
  const opened = drop(all);
  const [message] = await opened.messages(never);
  const content = await readAll(opened.open(message!, never).content);
  expect(content.length).toBe(message!.octets);
  return { octets: content.length, mail: plain(content) };
}

/** Quoted-printable undone, as far as a test needs it. */
function plain(mail: Buffer): string {
  const octets = mail
    .toString('latin1')
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString();
}

const lists = ({ account }: All) => account.calls.filter((call) => call.startsWith('list'));

test('with a closed policy a waiting message is seen under a name of its own, and nothing is delivered', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  expect(await uids(all)).toEqual(['1-ceka']);
  expect(all.account.calls).toEqual(['register', 'notifications from 2026-11-17T10:10:00.000Z']);
});

test('the notice says what waits, from whom, until when, and how to pick it up', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR, { personalDelivery: true });
  const { mail } = await readFirst(all);
  expect(mail).toContain('Message-ID: <1-ceka@datovka.example.cz>');
  expect(mail).toContain('Věc: Výzva k doplnění\r\n');
  expect(mail).toContain('Odesílatel: Městský úřad Vzorov\r\n');
  expect(mail).toContain('Schránka odesílatele: urad453\r\n');
  expect(mail).toContain('Do vlastních rukou: ano\r\n');
  expect(mail).toContain('fikcí koncem dne 30. 11. 2026');
  expect(mail).toContain('vyzvednout@datovka.example.cz');
  expect(mail).toContain('postolka pickup stastny1');
  expect(mail).toContain('ani toto oznámení ji nedoručuje');
});

test('when the day of fiction is over by the clock of ISDS, the notice does not tell it as to come', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  expect(await uids(all)).toEqual(['1-ceka']);
  all.account.serverTime = () => Date.parse('2026-11-30T22:59:59Z');
  const before = await readFirst(all);
  expect(before.mail).toContain('bude doručena fikcí koncem dne 30. 11. 2026');
  all.account.serverTime = () => Date.parse('2026-11-30T23:00:00Z');
  const after = await readFirst(all);
  expect(after.mail).toContain('byla doručena fikcí koncem dne 30. 11. 2026');
  expect(after.mail).not.toMatch(/bude doručena|není dosud doručena/);
  expect(after.octets).toBe(before.octets);
});

test('a login that sees envelopes only reads nothing of a day to come when it is over by the clock of ISDS', async () => {
  const account = new FakeAccount();
  account.messages = [envelopeOf({ dmID: '1', state: 4, deliveredAt: undefined, arrivedAt: new Date(START) })];
  const mailbox = newMailbox({ account, clock: { now: () => START } });
  const read = async () => {
    const opened = openMaildrop(mailbox, { account, rights: 8 });
    const [message] = await opened.messages(never);
    const content = await readAll(opened.open(message!, never).content);
    expect(content.length).toBe(message!.octets);
    return plain(content);
  };
  expect(await read()).toContain('nejpozději fikcí s koncem dne 30. 11. 2026\r\n');
  account.serverTime = () => START + 11 * DAY;
  const mail = await read();
  expect(mail).toContain('fikcí s koncem dne 30. 11. 2026, který už uplynul');
  expect(mail).not.toContain('bude doručena');
});

test.each([
  ['OVM_PO', true],
  ['PO', false],
])(
  'to an authority, and to nobody else, it is said that arrival may have been the delivery: %s',
  async (boxType, said) => {
    const all = { ...circumstances(), boxType };
    arrives(all, '1', START - HOUR);
    expect((await readFirst(all)).mail.includes('doručeny už dodáním')).toBe(said);
  },
);

test('of a system message no fiction is claimed', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR, { senderBox: 'aaaaaaa' });
  expect((await readFirst(all)).mail).not.toContain('fikcí');
});

test('attack: a line end in an annotation is no fact of its own', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR, { annotation: 'Výzva\r\nOdesílatel: Finanční úřad\r\nX-Spam: no' });
  const { mail } = await readFirst(all);
  expect(mail).not.toMatch(/^(Odesílatel: Finanční|X-Spam)/m);
});

test('all mail programs of the account share the interval', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  await Promise.all([uids(all), uids(all, 'telefon')]);
  arrives(all, '2', START);
  all.clock.time = START + 5 * MINUTE - 1;
  expect(await uids(all, 'telefon')).toEqual(['1-ceka']);
  all.clock.time = START + 5 * MINUTE;
  expect(await uids(all)).toEqual(['1-ceka', '2-ceka']);
  expect(all.account.calls.slice(1)).toEqual([
    'notifications from 2026-11-17T10:10:00.000Z',
    'notifications from 2026-11-20T09:55:00.000Z',
  ]);
});

test('a list in pages is read to its end', async () => {
  const all = circumstances();
  all.account.pageLength = 2;
  for (const [index, dmID] of ['1', '2', '3', '4'].entries()) arrives(all, dmID, START - HOUR + index * MINUTE);
  expect(await uids(all)).toEqual(['1-ceka', '2-ceka', '3-ceka', '4-ceka']);
});

test('attack: a list that always continues is an error', async () => {
  const all = circumstances();
  all.account.pageLength = 1;
  arrives(all, '1', START - HOUR);
  arrives(all, '2', START - HOUR);
  await expect(uids(all)).rejects.toThrow('list-incomplete');
});

test('when it is picked up, the message comes under its own name and the notice vanishes', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  await uids(all);
  await all.store.index.permit('stastny1', START);
  expect(await uids(all)).toEqual(['1']);
  all.clock.time = START + HOUR;
  expect(await uids(all)).toEqual(['1']);
  expect(lists(all)).toEqual(['list']);
});

test('a notice that was deleted stays deleted, and the message still comes', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  const opened = drop(all);
  await opened.hide(await opened.messages(never));
  expect(await uids(all)).toEqual([]);
  await all.store.index.permit('stastny1', START);
  expect(await uids(all)).toEqual(['1']);
});

test('a notice vanishes when a complete list does not know the message', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  const opened = drop(all);
  const [message] = await opened.messages(never);
  await opened.markRead(message!);
  all.account.messages = [];
  await all.store.index.permit('stastny1', START);
  expect(await uids(all)).toEqual([]);
});

test('reading a notice marks nothing at ISDS', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  const opened = drop(all);
  const [message] = await opened.messages(never);
  await opened.markRead(message!);
  expect(all.account.calls).not.toContain('mark 1');
});

test('after a restart the notice is the same, asked for again; after three days it explains without it, as large as announced', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  const first = await readFirst(all);
  const restarted = { ...all, mailbox: newMailbox(all) };
  all.clock.time = START + DAY;
  expect(await readFirst(restarted)).toEqual(first);
  const later = { ...all, mailbox: newMailbox(all) };
  all.clock.time = START + 4 * DAY;
  const last = await readFirst(later);
  expect(last.octets).toBe(first.octets);
  expect(last.mail).toContain('Číslo zprávy: 1\r\n');
  expect(last.mail).not.toContain('Městský úřad Vzorov');
});

test('a password login with a closed policy is not asked to look', async () => {
  const all = circumstances();
  arrives(all, '1', START - HOUR);
  await expect(openMaildrop(all.mailbox, { account: all.account }).messages(never)).rejects.toThrow('pickup-closed');
  expect(all.account.calls).toEqual([]);
});

test('when looking fails, what is known is served; an account of which nothing is known is not empty', async () => {
  const all = circumstances();
  all.account.trouble.notifications = new IsdsError({ kind: 'maintenance' });
  await expect(uids(all)).rejects.toThrow('isds-maintenance');
  arrives(all, '1', START - HOUR);
  await all.store.index.permit('stastny1', START);
  expect(await uids(all)).toEqual(['1']);
  expect(await uids(all)).toEqual(['1']);
});

test('a registration that ISDS has forgotten is renewed once', async () => {
  const all = circumstances();
  await uids(all);
  all.clock.time = START + HOUR;
  all.account.trouble.notifications = new IsdsError({ kind: 'status', code: '1273', message: '', class: 'user-error' });
  await expect(uids(all)).rejects.toThrow('isds-refused');
  expect(all.account.calls.map((call) => call.split(' ')[0])).toEqual([
    'register',
    'notifications',
    // The second look.
    'notifications',
    'register',
    'notifications',
  ]);
});

test('within an open window messages are picked up as ever, outside they are noticed', async () => {
  const window = { weekdays: new Set([5]), from: 8 * 60, to: 12 * 60 };
  const all = circumstances({ mode: 'windows', intervalMs: 5 * MINUTE, windows: [window] });
  arrives(all, '1', START - HOUR);
  expect(await uids(all)).toEqual(['1']);
  all.clock.time = START + MINUTE;
  expect(await uids(all)).toEqual(['1']);
  expect(all.account.calls).toEqual(['list']);
  arrives(all, '2', START + HOUR);
  all.clock.time = START + 3 * HOUR;
  expect(await uids(all)).toEqual(['1', '2-ceka']);
});

test('on poll nothing changes: the list is picked up and nobody looks', async () => {
  const all = circumstances({ mode: 'onPoll', intervalMs: 0, windows: [] });
  arrives(all, '1', START - HOUR);
  expect(await uids(all)).toEqual(['1']);
  expect(all.account.calls).toEqual(['list']);
});

test('a look that waits for its turn when the client leaves is given up', async () => {
  const all = circumstances();
  const { promise, resolve } = Promise.withResolvers<void>();
  all.account.silence = promise;
  const leaving = new AbortController();
  const look = drop(all).messages(leaving.signal);
  await expect.poll(() => all.account.deserted).toBeDefined();
  expect(all.account.deserted?.aborted).toBe(false);
  leaving.abort();
  await expect(look).rejects.toThrow('aborted');
  expect(all.account.deserted?.aborted).toBe(true);
  resolve();
});

test.each([
  ['two hours ahead', 120 * MINUTE],
  ['two hours behind', -120 * MINUTE],
])('what waits is looked for by ISDS’s clock, also when our own is %s', async (_, ahead) => {
  const all = circumstances();
  let isds = START;
  all.account.serverTime = () => isds;
  const tick = (time: number): void => {
    isds = time;
    all.clock.time = time + ahead;
  };
  tick(START);
  await uids(all);
  tick(START + 10 * MINUTE);
  arrives(all, '1', START + 9 * MINUTE);
  expect(await uids(all)).toEqual(['1-ceka']);
  const looks = all.account.calls.filter((call) => call.startsWith('notifications'));
  expect(looks).toEqual(['notifications from 2026-11-17T10:10:00.000Z', 'notifications from 2026-11-20T09:55:00.000Z']);
});
