/** What a sender gives: who may send, whether the box may be written to, and sending once. */
export type * from './types.ts';
export { createOutbox, type OutboxOptions } from './outbox.ts';
