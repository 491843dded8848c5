/** Whose effect a delivery was, where calls overlap, end without an answer, or tell no time. */
import { describe, expect, test } from 'vitest';
import type { Envelope } from '../../src/isds/index.ts';
import { newsOf } from '../../src/mailbox/attribution.ts';
import { type DeliveryOutcome, memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';

const NOON = Date.parse('2026-11-18T11:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BOX = 'zzzzzzq';
const EVERYTHING = 1 + 2 + 8;
const NOT_PERSONAL = 1 + 8;
const LISTS_ONLY = 8;

interface Call {
  /** Milliseconds after noon, by ISDS's clock; a call without an end is under way, or was when the gateway was killed. */
  readonly from: number;
  readonly to?: number;
  readonly rights?: number;
  readonly outcome?: DeliveryOutcome;
  readonly box?: string;
}

/** Earlier calls on record, by keys from 1 on, and a last one whose answer is looked at. */
async function record(...calls: readonly Call[]) {
  const { deliveries } = memoryStore();
  const begin = ({ from, rights = EVERYTHING, box = BOX }: Call) =>
    deliveries.begin({
      at: 0,
      from: NOON + from,
      account: 'urad01',
      boxId: box,
      rights,
      sessionId: 's',
      reason: 'poll',
    });
  for (const call of calls) {
    const key = await begin(call);
    if (call.to === undefined) continue;
    const times = { from: NOON + call.from, to: NOON + call.to };
    await deliveries.finish(key, { ...times, outcome: call.outcome ?? 'listed', told: [] });
  }
  return {
    deliveries,
    /** What the answer of a call tells of these messages, as `manner key`; it goes on record. */
    answer: async (call: Call, ...records: Envelope[]): Promise<string[]> => {
      const key = await begin(call);
      const times = { from: NOON + call.from, to: NOON + (call.to ?? call.from) };
      const told = await newsOf(records, { key, boxId: BOX, rights: call.rights ?? EVERYTHING, ...times }, deliveries);
      await deliveries.finish(key, { ...times, outcome: 'listed', told });
      return told.map(({ dmID, manner, call: whose }) => `${dmID} ${manner} ${whose}`);
    },
  };
}

/** A message that was delivered so long after noon; undefined waits. */
function message(delivered: number | undefined, more: Partial<Envelope> = {}): Envelope {
  const state =
    delivered === undefined
      ? { state: 4, deliveredAt: undefined }
      : { state: 6, deliveredAt: new Date(NOON + delivered) };
  return envelopeOf({ dmID: '1', arrivedAt: new Date(NOON - 30 * MINUTE), ...state, ...more });
}

describe('one call', () => {
  test.each([
    [-60 * MINUTE, 'elsewhere'],
    [-3_001, 'elsewhere'],
    [-3_000, 'unknown'],
    [-1_001, 'unknown'],
    [-1_000, 'delivered'],
    [0, 'delivered'],
    [500, 'delivered'],
    [1_500, 'delivered'],
    [1_501, 'unknown'],
    [MINUTE, 'unknown'],
  ])('from 0 to 500 ms and a delivery at %i ms: %s', async (delivered, manner) => {
    expect(await (await record()).answer({ from: 0, to: 500 }, message(delivered))).toEqual([`1 ${manner} 1`]);
  });

  test('a message that arrived meanwhile waits; the call that finds it delivered has it', async () => {
    const { answer } = await record();
    expect(await answer({ from: 0, to: 500 }, message(undefined))).toEqual(['1 waiting 1']);
    expect(await answer({ from: 700, to: 900 }, message(600))).toEqual(['1 delivered 2']);
    expect(await answer({ from: MINUTE }, message(600))).toEqual([]);
  });

  test.each([
    [EVERYTHING, false, 'delivered'],
    [EVERYTHING, true, 'delivered'],
    [NOT_PERSONAL, false, 'delivered'],
    [NOT_PERSONAL, true, 'elsewhere'],
    [LISTS_ONLY, false, 'elsewhere'],
    [LISTS_ONLY, true, 'elsewhere'],
  ])('with the rights %i, personal delivery %s: %s', async (rights, personalDelivery, manner) => {
    const { answer } = await record();
    expect(await answer({ from: 0, to: 500, rights }, message(100, { personalDelivery }))).toEqual([`1 ${manner} 1`]);
  });

  test('fiction is told by the state, and by the last moment of a day long after the arrival', async () => {
    const { answer } = await record();
    const arrivedAt = new Date('2026-11-06T09:00:00+01:00');
    const deliveredAt = new Date('2026-11-16T23:59:59.999+01:00');
    const late = Date.parse('2026-11-17T00:00:00+01:00') - NOON;
    const fiction = [
      message(0, { dmID: '1', state: 5, arrivedAt, deliveredAt }),
      message(0, { dmID: '2', state: 7, arrivedAt, deliveredAt }),
      message(0, { dmID: '3', state: 10, arrivedAt: new Date('2026-11-16T09:00:00+01:00'), deliveredAt }),
    ];
    expect(await answer({ from: late }, ...fiction)).toEqual(['1 fiction 1', '2 fiction 1', '3 delivered 1']);
  });

  test('a delivery without a time cannot be told, and an odd state says nothing', async () => {
    const { answer } = await record();
    const odd = [0, 3, 8, 9].map((state) => message(0, { dmID: `state-${state}`, state }));
    const untimed = message(undefined, { state: 6 });
    expect(await answer({ from: 0, to: 500 }, ...odd, untimed)).toEqual(['1 unknown 1']);
  });

  test('an odd answer decides nothing for good: another time of a delivery is told anew, the same one is not', async () => {
    const { answer, deliveries } = await record();
    expect(await answer({ from: 0, to: 500 }, message(100))).toEqual(['1 delivered 1']);
    expect(await answer({ from: MINUTE }, message(-MINUTE))).toEqual(['1 elsewhere 2']);
    expect(await answer({ from: 2 * MINUTE }, message(100))).toEqual(['1 delivered 1']);
    expect(await answer({ from: 3 * MINUTE }, message(100), message(undefined, { state: 7 }))).toEqual([]);
    expect(await answer({ from: 4 * MINUTE }, message(undefined))).toEqual([]);
    expect(await deliveries.newest('urad01', 10)).toMatchObject([{}, {}, {}, { elsewhere: [] }, { delivered: ['1'] }]);
  });

  test('without ISDS’s clock it cannot be told, but fiction can', async () => {
    const { deliveries } = await record();
    const call = { key: 1, boxId: BOX, rights: EVERYTHING, from: undefined, to: undefined };
    const fiction = message(0, { dmID: '2', state: 5 });
    const told = await newsOf([message(0), fiction], call, deliveries);
    expect(told.map(({ manner }) => manner)).toEqual(['unknown', 'fiction']);
  });
});

describe('several calls of a box', () => {
  test('the one has it whose time it is, whichever tells it first', async () => {
    const { answer } = await record({ from: 0, to: 300 });
    expect(await answer({ from: 800, to: 900 }, message(100))).toEqual(['1 delivered 1']);
  });

  test('the one whose time fits best has it, not the first that may', async () => {
    const { answer } = await record({ from: 0, to: 300 });
    expect(await answer({ from: 1_900, to: 2_100 }, message(2_000))).toEqual(['1 delivered 2']);
  });

  test('the first of those that ran at that time has it', async () => {
    const { answer } = await record({ from: 0, to: 300 }, { from: 50, to: 200 });
    expect(await answer({ from: 60, to: 400 }, message(100))).toEqual(['1 delivered 1']);
  });

  test('an answered one has it before one that nobody heard of', async () => {
    const { answer } = await record({ from: 0, to: 300, outcome: 'failed' });
    expect(await answer({ from: 60, to: 400 }, message(100))).toEqual(['1 delivered 2']);
  });

  test('calls for other boxes, without the right, or refused by ISDS never have it', async () => {
    const { answer } = await record(
      { from: 0, to: 300, box: 'jinaabc' },
      { from: 0, to: 300, rights: LISTS_ONLY },
      { from: 0, to: 300, outcome: 'refused' },
    );
    expect(await answer({ from: MINUTE }, message(100))).toEqual(['1 elsewhere 4']);
  });

  test('the parts of a long list: what the first delivered stands there, although the second lists it', async () => {
    const { answer } = await record({ from: 0, to: 4_000 });
    expect(await answer({ from: 4_100, to: 8_000 }, message(2_000))).toEqual(['1 delivered 1']);
  });
});

describe('a call without an answer', () => {
  test.each([
    ['failed', 100, 'delivered 1'],
    ['failed', 2_000, 'delivered 1'],
    ['failed', 30_000, 'unknown 2'],
    ['failed', 179_000, 'unknown 2'],
    ['failed', 181_000, 'elsewhere 2'],
    [undefined, 100, 'delivered 1'],
    [undefined, 9_000, 'delivered 1'],
    [undefined, 30_000, 'unknown 2'],
    [undefined, 181_000, 'elsewhere 2'],
  ] as const)('%s after a second, and a delivery at %i ms: %s', async (outcome, delivered, manner) => {
    const call = outcome === undefined ? { from: 0 } : { from: 0, to: SECOND, outcome };
    const { answer } = await record(call);
    expect(await answer({ from: 10 * MINUTE }, message(delivered))).toEqual([`1 ${manner}`]);
  });

  test('what a call listed as waiting is not its effect', async () => {
    const { answer } = await record();
    await answer({ from: 0, to: 500 }, message(undefined));
    expect(await answer({ from: 10 * MINUTE }, message(100))).toEqual(['1 elsewhere 2']);
  });
});
