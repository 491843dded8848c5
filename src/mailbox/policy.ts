/** When a POP3 session may pick up, which delivers whatever is waiting: the one place that decides it (isds §3, PR26 II.17). */
import { isHoliday, pragueMoment, type WeekWindow } from '../calendar/index.ts';
import type { PickupState } from '../store/index.ts';

/** What the operator allows. */
export interface PickupPolicy {
  /** At any poll, only within the windows, or only after a command of the user. */
  readonly mode: 'onPoll' | 'windows' | 'manual';
  /** Least time between two pick-ups of an account. */
  readonly intervalMs: number;
  /** Czech time; public holidays belong to no window. */
  readonly windows: readonly WeekWindow[];
}

/** Why a pick-up is allowed, as the delivery log tells it. */
export type PickupReason = 'poll' | 'window' | 'command';

/** A permission that no mail program made use of within a day was forgotten, by program or user. */
const PERMISSION_LIFETIME_MS = 24 * 60 * 60_000;

/**
 * Undefined when the last known list has to do. Spans are counted by our clock, as their beginnings were; windows are opened by
 * that of ISDS, for what is delivered is dated by it.
 */
export function reasonToPickUp(
  policy: PickupPolicy,
  state: PickupState,
  now: number,
  isdsTime: number,
): PickupReason | undefined {
  if (state.permittedAt !== undefined && now - state.permittedAt < PERMISSION_LIFETIME_MS) return 'command';
  if (isRecent(state.lastCallAt, policy.intervalMs, now)) return undefined;
  switch (policy.mode) {
    case 'onPoll':
      return 'poll';
    case 'windows':
      return isWithin(policy.windows, isdsTime) ? 'window' : undefined;
    case 'manual':
      return undefined;
  }
}

/** A moment ahead of a clock that was set back is not waited for: nobody would get any mail until then. */
export function isRecent(moment: number | undefined, spanMs: number, now: number): boolean {
  return moment !== undefined && moment <= now && now - moment < spanMs;
}

/** Whether no poll may pick up now, however long ago the last pick-up was. */
export function isClosed(policy: PickupPolicy, isdsTime: number): boolean {
  return policy.mode === 'manual' || (policy.mode === 'windows' && !isWithin(policy.windows, isdsTime));
}

function isWithin(windows: readonly WeekWindow[], now: number): boolean {
  const { day, weekday, minuteOfDay } = pragueMoment(now);
  const open = windows.some(
    ({ weekdays, from, to }) => weekdays.has(weekday) && from <= minuteOfDay && minuteOfDay < to,
  );
  return open && !isHoliday(day);
}
