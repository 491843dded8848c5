/** The ground floor: values that every room shares. It imports no other room. */
export { BASE64_GROUP, decodeBase64 } from './base64.ts';
export { isSystemBox, parseBoxId } from './box-id.ts';
export { NETWORK_KNOWN_FOR_MS, networkOf } from './client-network.ts';
export { type Clock, elapsed, systemClock } from './clock.ts';
export { composed } from './composed.ts';
export { FairPlaces } from './fair-places.ts';
export { isIco } from './ico.ts';
export { createLog, type Log, LOG_LEVELS } from './log.ts';
export { Memory } from './memory.ts';
export { ageOf, leftOf, type Moment, momentOf } from './moment.ts';
export { PATIENCE, type Patience } from './patience.ts';
export { pickupAddress } from './pickup-address.ts';
export { plainLine } from './plain-line.ts';
export { Secret } from './secret.ts';
export { newSessionId } from './session-id.ts';
export { LATE, SharedWork, within } from './shared-work.ts';
export { Slices, Turns } from './slices.ts';
export { Overdue, ThreadPool } from './thread-pool.ts';
