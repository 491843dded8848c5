/** The ground floor: values that every room shares. It imports no other room. */
export { BASE64_GROUP, decodeBase64 } from './base64.ts';
export { isSystemBox, parseBoxId } from './box-id.ts';
export type { Words } from './catalogue-entry.ts';
export { catalogue } from './catalogue.ts';
export { NETWORK_KNOWN_FOR_MS, networkOf } from './client-network.ts';
export { type Clock, elapsed, systemClock } from './clock.ts';
export { composed } from './composed.ts';
export { FairPlaces } from './fair-places.ts';
export { isIco } from './ico.ts';
export { createLog, type Log } from './log.ts';
export { Memory } from './memory.ts';
export { ageOf, leftOf, type Moment, momentOf } from './moment.ts';
export { PATIENCE, type Patience } from './patience.ts';
export { type Phrase, phrases } from './phrases.ts';
export { type Refusal, type RefusalFacts, type RefusalReason, Refused } from './refusal.ts';
export { Secret } from './secret.ts';
export { newSessionId } from './session-id.ts';
export { LATE, SharedWork, within } from './shared-work.ts';
export { Slices, Turns } from './slices.ts';
export { Overdue, ThreadPool } from './thread-pool.ts';
export { canBeWorded, isForGood, type Language, pop3ResponseCode, smtpReply, toAscii, Wording } from './wording.ts';
export { type ConfigKey, configKeys } from './config/keys.ts';
export { ConfigError, loadConfig } from './config/load.ts';
export { type Config, configSchema } from './config/schema.ts';
export {
  addDays,
  type CivilDay,
  daysBetween,
  formatDay,
  isHoliday,
  isWorkingDay,
  pragueMoment,
} from './czech-calendar.ts';
export { pickupAddress } from './pickup-address.ts';
export { pragueClock } from './prague-clock.ts';
export { parseWeekWindow, type WeekWindow } from './week-window.ts';
