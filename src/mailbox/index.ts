/** What a reader sees: picking up, the session's snapshot, opening a message, marking it as read. */
export { createMailbox, type MailboxOptions } from './maildrop.ts';
export type * from './types.ts';
