/** Data boxes as typed calls; knows nothing of mail. */
export { createIsds } from './client.ts';
export { IsdsError, type IsdsFailure, type IsdsFailureKind, originalUnavailable, type Outcome } from './error.ts';
export { refusalFor } from './refusal.ts';
export { rewritten } from './rewritten-text.ts';
export { classify, type StatusClass, type StatusMeaning } from './status-codes.ts';
export type { IsdsConfig, ServiceFamily } from './transport.ts';
export type * from './outgoing.ts';
export type * from './signed/verdict.ts';
export type * from './types.ts';
export { Right } from './types.ts';
export { ANY_STATE, RECORDS_PER_CALL, wholeList } from './whole-list.ts';
