/** How a message came to be delivered: told by what an answer has that was not known before, and by ISDS's own clock. */
import { Slices } from '../core/index.ts';
import type { Envelope } from '../isds/index.ts';
import { mannerOfDelivery } from '../mail-writer/index.ts';
import type { DeliveryCall, DeliveryLog, KnownDelivery, ToldDelivery } from '../store/index.ts';
import { mayRead } from './entry.ts';

/** ISDS's clock is known by dates of whole seconds, and answers are a moment on their way: so near to a call it was the call. */
const NEAR_MS = 1_000;

/** What lies outside of a call by more than a second, but not more than this, may have been the call or not. */
const DOUBTFUL_MS = 3_000;

/** A list that was asked for is carried out within this time, as a rule. */
const USUAL_CALL_MS = 10_000;

/** No call is waited for any longer; one whose answer never came may have been carried out until then. */
const MAX_CALL_MS = 180_000;

/** State 4: arrived, delivered to nobody yet (isds §3.4). */
const STATE_ARRIVED = 4;

/** By fiction, by login, read, in the vault: the states in which a message counts as delivered (isds §3.4). */
const DELIVERED_STATES: ReadonlySet<number> = new Set([5, 6, 7, 10]);

/** The call whose answer is looked at; times are unknown where ISDS's clock is. */
export interface AnsweredCall extends Pick<DeliveryCall, 'key' | 'rights'> {
  readonly boxId: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** What the answer tells that is not on record yet. One delivery stands once, with whichever call of the box it was. */
export async function newsOf(
  records: readonly Envelope[],
  call: AnsweredCall,
  deliveries: Pick<DeliveryLog, 'told' | 'sent'>,
): Promise<readonly ToldDelivery[]> {
  const known = await deliveries.told(records.map(({ dmID }) => dmID));
  const news: ToldDelivery[] = [];
  const slices = new Slices();
  for (const record of records) {
    await slices.next();
    const before = known.get(record.dmID);
    const deliveredAt = record.deliveredAt?.getTime();
    if (before !== undefined && !isNews(before, record.state, deliveredAt)) continue;
    const told = { dmID: record.dmID, call: call.key, deliveredAt };
    // A message that arrived during the call: the next one delivers it (isds §3.2).
    if (record.state === STATE_ARRIVED) news.push({ ...told, manner: 'waiting', deliveredAt: undefined });
    else if (!DELIVERED_STATES.has(record.state)) continue;
    else if (deliveredAt === undefined) news.push({ ...told, manner: 'unknown' });
    else if (mannerOfDelivery(record) === 'fiction') news.push({ ...told, manner: 'fiction' });
    else {
      const sent = await deliveries.sent(call.boxId, deliveredAt - MAX_CALL_MS, deliveredAt + DOUBTFUL_MS);
      // A login without the right to read delivers nothing, nor did the call that listed the message as waiting.
      const able = sent.filter(({ key, rights }) => mayRead(record, rights) && key !== before?.call);
      news.push({ ...told, ...attribute(deliveredAt, able, call) });
    }
  }
  return news;
}

/** A time that changed is news: one odd answer must not decide for good. What was told without a time stays as it is. */
function isNews(
  { manner, deliveredAt: before }: KnownDelivery,
  state: number,
  deliveredAt: number | undefined,
): boolean {
  if (manner === 'waiting') return true;
  return state !== STATE_ARRIVED && before !== undefined && deliveredAt !== undefined && before !== deliveredAt;
}

/** By the call whose time fits best; of several that fit alike by the first that was answered. */
function attribute(
  deliveredAt: number,
  able: readonly DeliveryCall[],
  { key, from, to }: AnsweredCall,
): Pick<ToldDelivery, 'manner'> & Partial<Pick<ToldDelivery, 'call'>> {
  // No clock to compare with, or one that contradicts the answer: nothing is delivered after it was told.
  if (from === undefined || to === undefined || deliveredAt > to + NEAR_MS) return { manner: 'unknown' };
  const [best] = able
    .map((call): DeliveryCall => (call.key === key ? { ...call, from, to, outcome: 'listed' } : call))
    .map((call) => ({ ...call, distance: distanceOf(call, deliveredAt) }))
    .toSorted((one, other) => one.distance - other.distance || unanswered(one) - unanswered(other));
  if (best === undefined || best.distance > DOUBTFUL_MS) return { manner: 'elsewhere' };
  return best.distance <= NEAR_MS ? { manner: 'delivered', call: best.key } : { manner: 'unknown' };
}

/** Milliseconds between the moment and the time in which the call was carried out; 0 inside. */
function distanceOf({ from, to = from + USUAL_CALL_MS, outcome }: DeliveryCall, moment: number): number {
  if (outcome === 'refused') return Number.POSITIVE_INFINITY;
  if (moment < from) return from - moment;
  if (moment <= to) return 0;
  // ISDS may have gone on without us.
  if (outcome !== 'listed' && moment <= from + MAX_CALL_MS) return Math.min(moment - to, DOUBTFUL_MS);
  return moment - to;
}

function unanswered({ outcome }: DeliveryCall): number {
  return outcome === 'listed' ? 0 : 1;
}
