/** Data boxes as typed calls; knows nothing of mail. */
export type * from './account.ts';
export type * from './outgoing.ts';
export type * from './signed/verdict.ts';
export type * from './types.ts';
export { createIsds } from './client.ts';
export { refusalFor } from './codes/refusal.ts';
export {
  isAtALimit,
  isNeverObtainable,
  isNotRegistered,
  isOfOtherService,
  isRefusedRequest,
  isWithoutOriginal,
  isWithoutTimeStamp,
  type Withholding,
  withholdingOf,
} from './codes/distinctions.ts';
export { classify } from './codes/status-codes.ts';
export { IsdsError, type IsdsFailure, type IsdsFailureKind } from './error.ts';
export type { IsdsConfig } from './http/transport.ts';
export { rewritten } from './rewritten-text.ts';
export { Right } from './types.ts';
export { ANY_STATE, RECORDS_PER_CALL, wholeList } from './whole-list.ts';
