/** What a reader sees: the pick-up policy, the shared list, the session's snapshot, opening a message, marking it as read. */
export type * from './types.ts';
export { createMailbox, type MailboxOptions } from './maildrop.ts';
export { type PickupPolicy, reasonToPickUp } from './policy.ts';
