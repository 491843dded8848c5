/** What any store promises of the record of legal acts. */
import { expect, test } from 'vitest';
import type { Store } from '../../src/store/index.ts';
import type { NewPlace } from './place.ts';

const pickup = {
  at: 1_000,
  from: 990,
  account: 'urad01',
  boxId: 'zzzzzzq',
  rights: 9,
  sessionId: 's1',
  reason: 'poll',
};
const NOTHING_TOLD = { delivered: [], fiction: [], elsewhere: [], unknown: [] };

export function deliveriesContract(newPlace: NewPlace): void {
  const opened = async (): Promise<Store> => (await newPlace()).open();
  test('a delivery is on record from before the call, with what it told', async () => {
    const store = await opened();
    const key = await store.deliveries.begin(pickup);
    expect(await store.deliveries.newest('urad01', 10)).toEqual([
      { at: 990, account: 'urad01', sessionId: 's1', reason: 'poll', outcome: undefined, ...NOTHING_TOLD },
    ]);
    await store.deliveries.finish(key, {
      from: 991,
      to: 995,
      outcome: 'listed',
      told: [
        { dmID: '1', manner: 'delivered', call: key, deliveredAt: 993 },
        { dmID: '2', manner: 'fiction', call: key, deliveredAt: 5 },
        { dmID: '3', manner: 'elsewhere', call: key, deliveredAt: 6 },
        { dmID: '4', manner: 'unknown', call: key, deliveredAt: undefined },
        { dmID: '5', manner: 'waiting', call: key, deliveredAt: undefined },
      ],
    });
    await store.deliveries.begin({ ...pickup, account: 'jiny01' });
    expect(await store.deliveries.newest('urad01', 10)).toMatchObject([
      { at: 991, outcome: 'listed', delivered: ['1'], fiction: ['2'], elsewhere: ['3'], unknown: ['4'] },
    ]);
    expect(await store.deliveries.newest(undefined, 1)).toMatchObject([{ account: 'jiny01' }]);
  });

  test('how a message was delivered is said once, of one that waited when it was; calls are found by box and time', async () => {
    const store = await opened();
    const one = await store.deliveries.begin(pickup);
    const other = await store.deliveries.begin({ ...pickup, from: 2_000 });
    await store.deliveries.begin({ ...pickup, boxId: 'jinaabc' });
    const told = { dmID: '1', manner: 'waiting', call: one, deliveredAt: undefined } as const;
    await store.deliveries.finish(one, { from: 990, to: 995, outcome: 'listed', told: [told] });
    expect(await store.deliveries.told(['1', '2'])).toEqual(
      new Map([['1', { manner: 'waiting', call: one, deliveredAt: undefined }]]),
    );
    for (const manner of ['delivered', 'elsewhere'] as const) {
      const again = { ...told, manner, call: other, deliveredAt: 2_001 };
      await store.deliveries.finish(other, { from: 2_000, to: 2_005, outcome: 'failed', told: [again] });
    }
    expect(await store.deliveries.told(['1'])).toEqual(
      new Map([['1', { manner: 'delivered', call: other, deliveredAt: 2_001 }]]),
    );
    expect(await store.deliveries.sent('zzzzzzq', 990, 2_000)).toEqual([
      { key: one, rights: 9, from: 990, to: 995, outcome: 'listed' },
      { key: other, rights: 9, from: 2_000, to: 2_005, outcome: 'failed' },
    ]);
    expect(await store.deliveries.sent('zzzzzzq', 991, 1_999)).toEqual([]);
  });
}
