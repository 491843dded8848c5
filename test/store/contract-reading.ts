/** What any store promises to those who read: lists, what was hidden and received, reports, originals. */
import { expect, test } from 'vitest';
import type { IndexChange, IndexedMessage, Store } from '../../src/store/index.ts';
import type { NewPlace } from './place.ts';

const message: IndexedMessage = {
  dmID: '1',
  kind: 'message',
  arrivedAt: 500,
  octets: 100,
  read: false,
  goneAt: undefined,
};

const NOTHING_NEW: IndexChange = { messages: [], gone: [], calledAt: 1, full: false, since: undefined };

export function readingContract(newPlace: NewPlace): void {
  const opened = async (): Promise<Store> => (await newPlace()).open();
  test('what was hidden is hidden after a restart, for that view only', async () => {
    const place = await newPlace();
    const first = await place.open();
    await first.hidden.add('urad01', '', ['1', '2'], 0);
    await first.hidden.add('urad01', 'telefon', ['3'], 0);
    await first.close();
    const second = await place.open();
    expect(await second.hidden.of('urad01', '')).toEqual(new Set(['1', '2']));
    expect(await second.hidden.of('urad01', 'telefon')).toEqual(new Set(['3']));
    expect(await second.hidden.of('jiny01', '')).toEqual(new Set());
    await second.close();
  });

  test('hiding is all or nothing', async () => {
    const store = await opened();
    const uids = JSON.parse('["1", {}]') as string[];
    await expect(store.hidden.add('urad01', '', uids, 0)).rejects.toBeInstanceOf(Error);
    expect(await store.hidden.of('urad01', '')).toEqual(new Set());
  });

  test('hiding a message twice is no fault', async () => {
    const store = await opened();
    await store.hidden.add('urad01', '', ['1'], 0);
    await store.hidden.add('urad01', '', ['1'], 1);
    expect(await store.hidden.of('urad01', '')).toEqual(new Set(['1']));
  });

  test('a list is known until the next one, oldest arrival first', async () => {
    const store = await opened();
    const older = { ...message, dmID: '2', arrivedAt: 400 };
    const change = { messages: [message, older], gone: [], calledAt: 1_000, full: true, since: 450 };
    await store.index.apply('urad01', change);
    expect(await store.index.messages('urad01')).toEqual([older, message]);
    expect(await store.index.messages('jiny01')).toEqual([]);
    expect(await store.index.state('urad01')).toEqual({
      lastCallAt: 1_000,
      lastFullAt: 1_000,
      since: 450,
      permittedAt: undefined,
    });
  });

  test('a later list of new messages keeps the rest and the time of the full one', async () => {
    const store = await opened();
    await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1_000, full: true, since: 450 });
    const newer = { ...message, dmID: '3', arrivedAt: 600 };
    await store.index.apply('urad01', { messages: [newer], gone: [], calledAt: 2_000, full: false, since: 550 });
    expect(await store.index.messages('urad01')).toEqual([message, newer]);
    expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: 2_000, lastFullAt: 1_000, since: 550 });
  });

  test('a message that is gone keeps the time when it was first missed, and may come back', async () => {
    const store = await opened();
    const full = { messages: [], calledAt: 1_000, full: true, since: undefined };
    await store.index.apply('urad01', { ...full, messages: [message], gone: [] });
    await store.index.apply('urad01', { ...full, gone: ['1'], calledAt: 2_000 });
    await store.index.apply('urad01', { ...full, gone: ['1'], calledAt: 3_000 });
    expect(await store.index.messages('urad01')).toMatchObject([{ goneAt: 2_000 }]);
    await store.index.apply('urad01', { ...full, messages: [message], gone: [] });
    expect(await store.index.messages('urad01')).toMatchObject([{ goneAt: undefined }]);
  });

  test('a permission stands until a call that knew of it uses it up', async () => {
    const store = await opened();
    await store.index.permit('urad01', 700);
    expect(await store.index.state('urad01')).toMatchObject({ permittedAt: 700, lastCallAt: undefined });
    const call = { messages: [], gone: [], calledAt: 1_000, full: true, since: undefined };
    await store.index.apply('urad01', { ...call, permittedAt: undefined });
    await store.index.apply('urad01', { ...call, permittedAt: 600 });
    expect(await store.index.state('urad01')).toMatchObject({ permittedAt: 700 });
    await store.index.apply('urad01', { ...call, permittedAt: 700 });
    expect(await store.index.state('urad01')).toMatchObject({ permittedAt: undefined });
  });

  test('the true size of a mail and that it was read are remembered', async () => {
    const store = await opened();
    await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1_000, full: true, since: 450 });
    await store.index.resize('urad01', '1', 200);
    await store.index.markRead('urad01', '1');
    expect(await store.index.messages('urad01')).toMatchObject([{ octets: 200, read: true }]);
  });

  test('a message that waits is announced once, never over what was listed, and gives way to the message', async () => {
    const store = await opened();
    const waiting: IndexedMessage = { ...message, kind: 'waiting', octets: 7 };
    await store.index.announce('urad01', [waiting]);
    await store.index.announce('urad01', [{ ...waiting, octets: 8 }]);
    expect(await store.index.messages('urad01')).toEqual([waiting]);
    expect(await store.index.state('urad01')).toMatchObject({ lastCallAt: undefined, lastFullAt: undefined });
    await store.index.apply('urad01', { messages: [message], gone: [], calledAt: 1, full: true, since: undefined });
    await store.index.announce('urad01', [waiting]);
    expect(await store.index.messages('urad01')).toEqual([message]);
  });

  test.each<[string, (store: Store) => Promise<void>]>([
    ['a list', ({ index }) => index.apply('urad01', { ...NOTHING_NEW, messages: [message] })],
    ['what a list no longer has', ({ index }) => index.apply('urad01', { ...NOTHING_NEW, gone: ['1'] })],
    ['a message that waits', ({ index }) => index.announce('urad01', [{ ...message, kind: 'waiting' }])],
    ['another size', ({ index }) => index.resize('urad01', '1', 5)],
    ['what was read', ({ index }) => index.markRead('urad01', '1')],
    ['what was hidden', ({ hidden }) => hidden.add('urad01', '', ['1'], 0)],
    ['another size of a report', ({ reports }) => reports.resize('urad01', '1', 5)],
    ['what was received', ({ received }) => received.add('urad01', 'telefon', '1', 0)],
  ])('%s changes the revision of its account and of no other', async (_, change) => {
    const store = await opened();
    const [own, other] = [await store.index.revision('urad01'), await store.index.revision('jiny01')];
    await change(store);
    expect(await store.index.revision('urad01')).not.toBe(own);
    expect(await store.index.revision('jiny01')).toBe(other);
  });

  test('a list with nothing new leaves the revision', async () => {
    const store = await opened();
    const before = await store.index.revision('urad01');
    await store.index.apply('urad01', NOTHING_NEW);
    await store.index.announce('urad01', []);
    expect(await store.index.revision('urad01')).toBe(before);
  });

  test('messages are found by their numbers, unknown ones are not', async () => {
    const store = await opened();
    await store.index.apply('urad01', { ...NOTHING_NEW, messages: [message, { ...message, dmID: '2' }] });
    expect(await store.index.find('urad01', ['2', '3'])).toEqual([{ ...message, dmID: '2' }]);
    expect(await store.index.find('jiny01', ['2'])).toEqual([]);
  });

  test('an original that is waited for is known after a restart, with its tries', async () => {
    const place = await newPlace();
    const moment = { at: 1_000, elapsed: 5, origin: 'start' };
    const original = { view: 'telefon', dmID: '1', octets: 9, since: moment };
    const first = await place.open();
    await first.pendingOriginals.add('urad01', original);
    const triedAt = { ...moment, at: 2_000 };
    await first.pendingOriginals.tried('urad01', [{ ...original, tries: 2 }], triedAt);
    await first.pendingOriginals.add('urad01', { ...original, dmID: '2' });
    await first.pendingOriginals.forget('urad01', { view: '', dmID: '2' });
    await first.close();
    const second = await place.open();
    expect(await second.pendingOriginals.of('jiny01')).toEqual([]);
    expect(await second.pendingOriginals.of('urad01')).toEqual([
      { ...original, dmID: '2', tries: 0, triedAt: undefined },
      { ...original, tries: 2, triedAt },
    ]);
    await second.pendingOriginals.add('urad01', original);
    expect(await second.pendingOriginals.of('urad01')).toContainEqual({ ...original, tries: 0, triedAt: undefined });
    await second.close();
  });

  test('reports are kept by account; one with the same digest within the time is not kept again', async () => {
    const place = await newPlace();
    const report = {
      kind: 'failures' as const,
      at: 5,
      sessionId: 'relace',
      messageId: '<1@pocitac>',
      sent: [{ box: 'aydaadk', dmID: '7' }],
      failed: [
        { box: 'bcdefgh', reason: 'recipient-closed', isdsCode: '1205' },
        { box: 'cdefghi', reason: 'outcome-unsettled', isdsCode: undefined, attempt: { at: 3, fileOctets: [20, 7] } },
        { box: 'defghij', reason: 'outcome-unsettled', isdsCode: undefined, attempt: { at: 3, fileOctets: [] } },
      ],
    };
    const first = await place.open();
    await first.reports.add('urad01', 'otisk', 0, report);
    await first.reports.add('urad01', 'otisk', 5, { ...report, at: 6 });
    await first.reports.add('urad01', 'otisk', 6, {
      ...report,
      at: 7,
      kind: 'outcome',
      messageId: undefined,
      sent: [],
    });
    await first.close();
    const second = await place.open();
    expect(await second.reports.of('urad01')).toEqual([
      { id: '1', ...report, octets: undefined },
      { id: '2', ...report, at: 7, kind: 'outcome', messageId: undefined, sent: [], octets: undefined },
    ]);
    await second.reports.resize('urad01', '2', 900);
    await second.reports.resize('jiny01', '1', 900);
    expect((await second.reports.of('urad01')).map(({ octets }) => octets)).toEqual([undefined, 900]);
    expect(await second.reports.of('jiny01')).toEqual([]);
    await second.close();
  });
}
