/** Messages whose content cannot be had: they stand last, and what lasts has a mail of its own UIDL stand in for it. */
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { classify, IsdsError, type IsdsFailure } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { FakeAccount, never, newMailbox, openMaildrop, readAll } from './fake-account.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-20T10:00:00Z');

const INNER = status('9005');

function status(code: string): IsdsError {
  return new IsdsError({ kind: 'status', code, message: '', class: classify(code).class });
}

/** A box with these messages, read again and again by one program. */
function box(...dmIDs: string[]) {
  const account = new FakeAccount();
  const store = memoryStore();
  // `ahead` is how far the clock is set wrong.
  const clock = {
    time: START,
    ahead: 0,
    now: () => clock.time + clock.ahead,
    elapsed: () => clock.time - START,
    origin: 'start',
  };
  for (const [day, dmID] of dmIDs.entries()) {
    const arrivedAt = new Date(START - 30 * 24 * HOUR + day * 24 * HOUR);
    account.messages.push(envelopeOf({ dmID, arrivedAt, attachmentSize: 1, annotation: 'Žádost o dotaci' }));
    account.files.set(dmID, [{ name: 'příloha.txt', content: Buffer.from('Příliš žluťoučký kůň') }]);
  }
  const mailbox = newMailbox({ store, clock });
  const session = async () => {
    const drop = openMaildrop(mailbox, { account });
    const listed = await drop.messages(never);
    const find = (uid: string) => {
      const message = listed.find((candidate) => candidate.uid === uid);
      if (message === undefined) throw new Error(`${uid} is not listed`);
      return message;
    };
    const read = async (uid: string) => {
      const mail = drop.open(find(uid), never);
      await mail.prepare();
      return readAll(mail.content);
    };
    return { uids: listed.map(({ uid }) => uid), find, read, received: (uid: string) => drop.markRead(find(uid)) };
  };
  /** A session every so often in which the message is asked for, and is not to be had. */
  const fail = async (dmID: string, times: number, everyMs: number) => {
    for (let time = 0; time < times; time++) {
      if (time > 0) clock.time += everyMs;
      const { read } = await session();
      await expect(read(dmID)).rejects.toThrow('isds-failure');
    }
  };
  return { account, store, clock, session, fail };
}

const HARMLESS: readonly IsdsFailure[] = [
  ...[301, 302, 400, 403, 404, 408, 429, 431, 499, 500, 502, 599].map(
    (code) => ({ kind: 'http', status: code }) as const,
  ),
  ...['1999', '2006', '2999', '5999', '1207', '1208', '9005', '3003'].map((code) => status(code).failure),
  { kind: 'not-xml', problem: 'HTML' },
  { kind: 'truncated' },
];

test.each(HARMLESS)('%j puts nothing in the place of a message: it stands last, under its name', async (failure) => {
  const { account, session } = box('1', '2', '3');
  account.troubleOf.set('1', new IsdsError(failure));
  const { read } = await session();
  await expect(read('1')).rejects.toThrow(/^(?:isds-|account-under-way)/);
  expect((await session()).uids).toEqual(['2', '3', '1']);
  account.troubleOf.clear();
  const later = await session();
  expect((await simpleParser(await later.read('1'))).attachments).toHaveLength(1);
  expect((await session()).uids).toEqual(['1', '2', '3']);
});

test.each(['1178', '1210', '1219', '1230', '1244', '3022'])('%s decides at once', async (code) => {
  const { account, session } = box('1', '2');
  account.troubleOf.set('1', status(code));
  const { read, find } = await session();
  const octets = await read('1');
  expect(octets.length).toBe(find('1').octets);
  expect((await simpleParser(octets)).text).toContain(`(Kód ISDS ${code}.)`);
  expect((await session()).uids).toEqual(['1', '2']);
});

/** After a restart envelopes are asked for again; this box does not give them. */
function withoutEnvelopes({ account, store, clock }: ReturnType<typeof box>, failure: IsdsFailure) {
  const downloadEnvelope = () => Promise.reject(new IsdsError(failure));
  Object.assign(account.access, { downloadEnvelope });
  return openMaildrop(newMailbox({ store, clock }), { account });
}

test.each(HARMLESS)('%j in place of an envelope makes no mail without sender and subject', async (failure) => {
  const all = box('1', '2');
  await all.session();
  const drop = withoutEnvelopes(all, failure);
  const [one] = await drop.messages(never);
  await expect(drop.open(one!, never).prepare()).rejects.toThrow(/^(?:isds-|account-under-way)/);
  await expect(readAll(drop.open(one!, never).content)).rejects.toThrow(/^(?:isds-|account-under-way)/);
  expect((await all.session()).uids).toEqual(['2', '1']);
});

test('what stands in for a message comes also without its envelope, unless ISDS does not answer at all', async () => {
  const all = box('1', '2');
  all.account.troubleOf.set('1', INNER);
  await all.fail('1', 5, 2 * HOUR);
  const silent = withoutEnvelopes(all, { kind: 'unreachable' });
  const listed = await silent.messages(never);
  const standIn = listed.find(({ uid }) => uid === '1-nelze')!;
  await expect(silent.open(standIn, never).prepare()).rejects.toThrow('isds-unreachable');
  const odd = withoutEnvelopes(all, INNER.failure);
  await odd.messages(never);
  const octets = await readAll(odd.open(standIn, never).content);
  expect(octets).toHaveLength(standIn.octets);
  expect((await simpleParser(octets)).text).toContain('1');
});

test('a failure in the middle of a message is remembered, too', async () => {
  const { account, session } = box('1', '2');
  account.breakAfter = 4;
  const { read } = await session();
  await expect(read('1')).rejects.toThrow('truncated');
  expect((await session()).uids).toEqual(['2', '1']);
});

test('base64 that is none is a failure of the message', async () => {
  const { account, session } = box('1', '2');
  const broken = async function* () {
    yield { kind: 'file', file: { name: 'a.pdf', mimeType: '', metaType: 'main', encoding: 'base64' } };
    yield { kind: 'content', octets: Buffer.from('!!!!') };
    yield { kind: 'end', envelope: account.messages[0] };
  };
  Object.assign(account.access, { downloadMessage: broken });
  const { read } = await session();
  await expect(read('1')).rejects.toMatchObject({ name: 'NotBase64' });
  expect((await session()).uids).toEqual(['2', '1']);
});

test('after five tries over six hours a mail of its own UIDL stands in; the message is listed once a day, last', async () => {
  const { account, clock, session, fail } = box('1', '2', '3');
  account.troubleOf.set('1', INNER);
  await fail('1', 4, 2 * HOUR);
  expect((await session()).uids).toEqual(['2', '3', '1']);
  clock.time += 2 * HOUR;
  await fail('1', 1, 0);
  const { uids, find, read, received } = await session();
  expect(uids).toEqual(['1-nelze', '2', '3']);
  const octets = await read('1-nelze');
  expect(octets.length).toBe(find('1-nelze').octets);
  const mail = await simpleParser(octets);
  expect(mail.subject).toBe('Žádost o dotaci');
  expect(mail.messageId).toMatch(/^<1-nelze@/);
  expect(mail.text).toContain(
    'ISDS bráně nevydal obsah této zprávy ani po opakovaných pokusech (od 20. 11. 2026 11:00:00)',
  );
  await received('1-nelze');
  expect(account.calls.filter((call) => call.startsWith('mark'))).toEqual([]);
  clock.time += 24 * HOUR;
  expect((await session()).uids).toEqual(['1-nelze', '2', '3', '1']);
  await fail('1', 1, 0);
  expect((await session()).uids).toEqual(['1-nelze', '2', '3']);
  clock.time += 24 * HOUR;
  account.troubleOf.clear();
  const last = await session();
  expect((await simpleParser(await last.read('1'))).attachments).toHaveLength(1);
  expect((await session()).uids).toEqual(['1', '2', '3']);
});

test('tries in quick succession are one; five of them need six hours', async () => {
  const { account, session, fail } = box('1', '2');
  account.troubleOf.set('1', INNER);
  await fail('1', 30, MINUTE);
  expect((await session()).uids).toEqual(['2', '1']);
  await fail('1', 4, HOUR);
  expect((await session()).uids).toEqual(['2', '1']);
});

test('an outage uses up no try: ten messages behind one page keep their names', async () => {
  const ten = Array.from({ length: 10 }, (_, number) => String(number + 1));
  const { account, store, clock, session } = box(...ten);
  for (let hour = 0; hour < 12; hour++) {
    const { read } = await session();
    const page = new IsdsError({ kind: 'http', status: 404 });
    Object.assign(account.trouble, { download: page, ownerInfo: page });
    clock.time += 20 * MINUTE;
    for (const dmID of ten) await expect(read(dmID)).rejects.toThrow('isds-failure');
    delete account.trouble.download;
    delete account.trouble.ownerInfo;
    clock.time += 40 * MINUTE;
  }
  expect([...(await store.retrievalFailures.of('stastny1')).values()].map(({ tries }) => tries)).toEqual(
    ten.map(() => 0),
  );
  const { uids } = await session();
  expect(uids.toSorted()).toEqual(ten.toSorted());
  const { read } = await session();
  for (const dmID of ten) await read(dmID);
  expect((await session()).uids).toEqual(ten);
});

test.each([
  ['answers what else it is asked', undefined, '1-nelze'],
  ['answers nothing', new IsdsError({ kind: 'unreachable' }), '1'],
] as const)('between permitted pick-ups a message that fails is given up when ISDS %s', async (_, trouble, uid) => {
  const { account, store, clock } = box('1');
  account.trouble.ownerInfo = trouble;
  await openMaildrop(newMailbox({ store, clock }), { account }).messages(never);
  const mailbox = newMailbox({ store, clock, policy: { mode: 'manual', intervalMs: 0, windows: [] } });
  account.troubleOf.set('1', INNER);
  const list = async () => {
    const drop = openMaildrop(mailbox, { account });
    return { drop, listed: await drop.messages(never) };
  };
  for (let time = 0; time < 5; time++) {
    clock.time += 2 * HOUR;
    const { drop, listed } = await list();
    await expect(drop.open(listed[0]!, never).prepare()).rejects.toThrow('isds-failure');
  }
  expect((await list()).listed.map((message) => message.uid)).toEqual([uid]);
  expect(account.calls.filter((call) => call.startsWith('list'))).toHaveLength(1);
});

test.each(['maintenance', 'unreachable', 'aborted', 'busy'] as const)(
  '%s says nothing about a message',
  async (kind) => {
    const { account, session } = box('1', '2');
    account.trouble.download = new IsdsError({ kind });
    const { read } = await session();
    await expect(read('1')).rejects.toThrow(/^(?:isds-|account-under-way)/);
    expect((await session()).uids).toEqual(['1', '2']);
  },
);

test('who has the message keeps it listed, and gets nothing in its place', async () => {
  const { account, session, fail } = box('1', '2');
  const { read, received } = await session();
  await read('1');
  await received('1');
  account.troubleOf.set('1', INNER);
  await fail('1', 5, 2 * HOUR);
  expect((await session()).uids).toEqual(['2', '1']);
});

test('of ten that fail one after the other with nothing good in between, only the first may be to blame itself', async () => {
  const ten = Array.from({ length: 10 }, (_, number) => String(number + 1));
  const { account, store, session } = box(...ten);
  const { read } = await session();
  account.trouble.download = new IsdsError({ kind: 'http', status: 404 });
  for (const dmID of ten) await expect(read(dmID)).rejects.toThrow('isds-failure');
  const tries = [...(await store.retrievalFailures.of('stastny1'))].map(([dmID, failure]) => [dmID, failure.tries]);
  expect(Object.fromEntries(tries)).toEqual(Object.fromEntries(ten.map((dmID) => [dmID, dmID === '1' ? 1 : 0])));
});

test('a clock that is set hastens nothing that stands in, and delays nothing', async () => {
  const { account, clock, session, fail } = box('1', '2');
  account.troubleOf.set('1', INNER);
  await fail('1', 4, HOUR);
  clock.ahead = 30 * 24 * HOUR;
  clock.time += HOUR;
  await fail('1', 1, 0);
  expect((await session()).uids).toEqual(['2', '1']);
  clock.ahead = -30 * 24 * HOUR;
  clock.time += 2 * HOUR;
  await fail('1', 1, 0);
  clock.ahead = 0;
  expect((await session()).uids).toEqual(['1-nelze', '2']);
  clock.time += 24 * HOUR - 1;
  expect((await session()).uids).toEqual(['1-nelze', '2']);
  clock.time += 1;
  expect((await session()).uids).toEqual(['1-nelze', '2', '1']);
});
