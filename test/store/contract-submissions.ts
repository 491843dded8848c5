/** What any store promises of what was sent, is being sent, or may have been sent. */
import { expect, test } from 'vitest';
import type { Moment } from '../../src/core/index.ts';
import type { Store, SubmissionStart } from '../../src/store/index.ts';
import type { NewPlace } from './place.ts';

const mark = {
  recipient: 'aydaadk',
  texts: { annotation: 'otisk věci', toHands: 'otisk jména' },
  files: [
    { name: 'otisk názvu', octets: 7, sha256: 'aa' },
    { name: 'jiný', octets: 8, sha256: 'bb' },
  ],
};

function moment(at: number): Moment {
  return { at, elapsed: at, origin: 'počátek' };
}

function submission(digest: string, changes: Partial<SubmissionStart> = {}): SubmissionStart {
  const who = { account: 'urad01', box: 'zzzzzzq', sessionId: 'relace', mail: 'dopis', messageId: '<1@pocitac>' };
  return {
    ...who,
    digest,
    at: 1_000,
    isdsAt: 900,
    owner: 'brána',
    seen: moment(1_000),
    after: undefined,
    ...mark,
    ...changes,
  };
}

async function begin(store: Store, ...starts: SubmissionStart[]): Promise<readonly number[]> {
  const keys = await store.submissions.claim(starts);
  if (keys === 'overtaken') throw new Error('overtaken');
  return keys;
}

export function submissionsContract(newPlace: NewPlace): void {
  const opened = async (): Promise<Store> => (await newPlace()).open();
  test('a submission is begun, then sent, and found by its digest', async () => {
    const store = await opened();
    const [key = 0] = await begin(store, submission('otisk'));
    expect(await store.submissions.find('urad01', 'otisk')).toEqual({
      key,
      state: 'begun',
      dmID: undefined,
      begunAt: 1_000,
      isdsAt: 900,
      settledAt: undefined,
      toldAt: undefined,
      confirmed: false,
    });
    await store.submissions.settle(key, { state: 'sent', dmID: '42' });
    expect(await store.submissions.find('urad01', 'otisk')).toMatchObject({ state: 'sent', dmID: '42' });
    expect(await store.submissions.find('jiny01', 'otisk')).toBeUndefined();
    expect(await store.submissions.proved(['41', '42'])).toEqual(new Set(['42']));
  });

  test('the last of several is found, whatever the clock said', async () => {
    const store = await opened();
    const [after] = await begin(store, submission('otisk', { at: 5_000 }));
    const [key] = await begin(store, submission('otisk', { at: 10, after }));
    expect(await store.submissions.find('urad01', 'otisk')).toMatchObject({ key });
  });

  test('what a message is known by outlives the process, for every login of the box', async () => {
    const place = await newPlace();
    const first = await place.open();
    await begin(first, submission('a'), submission('b', { recipient: 'bcdefgh', files: [] }));
    await first.close();
    const second = await place.open();
    const open = await second.submissions.open('zzzzzzq', 'kolega');
    expect(open.map(({ mark: known }) => known)).toEqual([mark, { ...mark, recipient: 'bcdefgh', files: [] }]);
    expect(open[0]).toMatchObject({ account: 'urad01', mail: 'dopis', messageId: '<1@pocitac>', isdsAt: 900 });
    expect(await second.submissions.open('jina234', 'urad01')).toEqual([]);
    await second.close();
  });

  test('of two that claim the same copy one gets it, and then whoever knows of that', async () => {
    const store = await opened();
    const [first] = await begin(store, submission('a'));
    expect(await store.submissions.claim([submission('b'), submission('a')])).toBe('overtaken');
    expect(await store.submissions.find('urad01', 'b')).toBeUndefined();
    const [second] = await begin(store, submission('a', { after: first }));
    expect(await store.submissions.claim([submission('a', { after: first })])).toBe('overtaken');
    // Another account's mail of the same words is another mail.
    expect(await store.submissions.claim([submission('a', { account: 'jiny01' })])).toHaveLength(1);
    expect(await store.submissions.find('urad01', 'a')).toMatchObject({ key: second });
  });

  test('an attempt is under way until its owner says that it ended', async () => {
    const store = await opened();
    const keys = await begin(store, submission('a'));
    const attempts = async () => (await store.submissions.open('zzzzzzq', '')).map(({ attempt }) => attempt);
    expect(await attempts()).toEqual([{ owner: 'brána', seen: moment(1_000), isEnded: false }]);
    await store.submissions.renew(keys, moment(11_000));
    expect(await attempts()).toEqual([{ owner: 'brána', seen: moment(11_000), isEnded: false }]);
    await store.submissions.end(keys, moment(15_000));
    expect(await attempts()).toEqual([{ owner: 'brána', seen: moment(15_000), isEnded: true }]);
  });

  test('a message belongs to one submission: whoever it is proved for second does not get it', async () => {
    const store = await opened();
    const [first = 0, second = 0, third = 0] = await begin(
      store,
      ...['a', 'b', 'c'].map((digest) => submission(digest)),
    );
    expect(await store.submissions.prove(first, '42', 2_000)).toBe(true);
    expect(await store.submissions.prove(second, '42', 2_000)).toBe(false);
    await store.submissions.settle(third, { state: 'sent', dmID: '43' });
    expect(await store.submissions.prove(second, '43', 2_000)).toBe(false);
    // What is settled stays as it is.
    expect(await store.submissions.prove(first, '44', 2_000)).toBe(false);
    expect((await store.submissions.open('zzzzzzq', '')).map(({ key }) => key)).toEqual([second]);
  });

  test('settled doubts wait for their senders to be told; those whose success was told do not', async () => {
    const store = await opened();
    const { submissions } = store;
    const digests = ['a', 'b', 'c', 'd'];
    const [sent = 0, refused = 0, heard = 0, answered = 0] = await begin(
      store,
      ...digests.map((digest) => submission(digest)),
    );
    await submissions.prove(sent, '42', 2_000);
    await submissions.disprove(refused, 2_000);
    await submissions.prove(heard, '43', 2_000);
    await submissions.confirm([heard]);
    await submissions.settle(answered, { state: 'sent', dmID: '44' });
    const untold = await submissions.untold('zzzzzzq');
    expect(untold.map(({ key, dmID }) => [key, dmID])).toEqual([
      [sent, '42'],
      [refused, undefined],
    ]);
    expect(await submissions.sentOf('urad01', 'relace', 'dopis')).toEqual([
      { recipient: 'aydaadk', dmID: '42' },
      { recipient: 'aydaadk', dmID: '44' },
    ]);
    await submissions.tell([sent], 3_000);
    expect((await submissions.untold('zzzzzzq')).map(({ key }) => key)).toEqual([refused]);
    expect(await submissions.find('urad01', 'a')).toMatchObject({ state: 'sent', settledAt: 2_000, toldAt: 3_000 });
    expect(await submissions.find('urad01', 'b')).toMatchObject({ state: 'refused', settledAt: 2_000 });
  });

  test('one that was told to stay open is not open any more', async () => {
    const store = await opened();
    const [key = 0] = await begin(store, submission('a'));
    await store.submissions.tell([key], 3_000);
    expect(await store.submissions.open('zzzzzzq', 'urad01')).toEqual([]);
    expect(await store.submissions.find('urad01', 'a')).toMatchObject({ state: 'begun', toldAt: 3_000 });
  });

  test('what messages hold is kept by their numbers', async () => {
    const store = await opened();
    await store.sentContents.add('42', mark.files);
    await store.sentContents.add('42', mark.files);
    expect(await store.sentContents.find(['41', '42'])).toEqual(new Map([['42', mark.files]]));
  });
}
