/** How and when the law takes a message for delivered, reckoned from its envelope (isds §3.3). */
import { addDays, type CivilDay, daysBetween, isWorkingDay, pragueMoment } from '../calendar/index.ts';
import type { Envelope } from '../isds/index.ts';
import { isSystemMessage } from './system-message.ts';

const DAYS_UNTIL_FICTION = 10;

/** Delivered by fiction, as the list says (isds §3.4). */
const STATE_FICTION = 5;

/** In the box and not delivered: the only state in which fiction is still to come (isds §3.4). */
export const STATE_WAITING = 4;

/** Stopped by the antivirus check, and undeliverable because the box was closed for that time. */
const NEVER_DELIVERED: Readonly<Record<number, string>> = {
  3: 'Zpráva nebyla doručena: ISDS v ní našel škodlivý kód.',
  8: 'Zpráva nebyla a nebude doručena: je nedoručitelná, protože schránka byla zpětně znepřístupněna.',
};

/** The sentence for a message that nothing will deliver; undefined for every other. */
export function neverDelivered({ state }: Envelope): string | undefined {
  return NEVER_DELIVERED[state];
}

/** Types of boxes of public authorities (isds §8.5); nobody else can exclude fiction. */
const FIRST_AUTHORITY = 10;
const LAST_AUTHORITY = 19;

const LAST_MINUTE_OF_DAY = 24 * 60 - 1;
const LAST_MILLISECOND_OF_MINUTE = 59_999;

/**
 * The day with whose end a message counts as delivered though nobody logged in: the tenth after the arrival, which does not
 * count itself, or the first working day behind it. Undefined when that cannot happen or the arrival is not known.
 */
export function fictionDay(envelope: Envelope): CivilDay | undefined {
  const { arrivedAt } = envelope;
  if (arrivedAt === undefined || isSystemMessage(envelope) || isFictionExcluded(envelope)) return undefined;
  let day = addDays(pragueMoment(arrivedAt.getTime()).day, DAYS_UNTIL_FICTION);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

/** Whether a day is over in Prague; what was to come with its end is not to come any more. `now` is a time of ISDS. */
export function isOver(day: CivilDay, now: number): boolean {
  return daysBetween(day, pragueMoment(now).day) > 0;
}

/**
 * Undefined before the delivery. A message delivered by fiction keeps that time when somebody reads it, but not its state
 * (isds §3.2), so the time has to tell: the last millisecond of a day.
 */
export function mannerOfDelivery({ state, arrivedAt, deliveredAt }: Envelope): 'login' | 'fiction' | undefined {
  if (deliveredAt === undefined || NEVER_DELIVERED[state] !== undefined) return undefined;
  if (state === STATE_FICTION) return 'fiction';
  const { day, minuteOfDay } = pragueMoment(deliveredAt.getTime());
  const isEndOfDay =
    minuteOfDay === LAST_MINUTE_OF_DAY && deliveredAt.getTime() % 60_000 === LAST_MILLISECOND_OF_MINUTE;
  const waited = arrivedAt === undefined ? 0 : daysBetween(pragueMoment(arrivedAt.getTime()).day, day);
  return isEndOfDay && waited >= DAYS_UNTIL_FICTION ? 'fiction' : 'login';
}

/** What a sender other than an authority says about it has no effect; an unknown one gets the benefit of the doubt. */
function isFictionExcluded({ allowSubstDelivery, senderType = FIRST_AUTHORITY }: Envelope): boolean {
  return allowSubstDelivery === false && senderType >= FIRST_AUTHORITY && senderType <= LAST_AUTHORITY;
}
