/** Durable state behind small repositories. */
export type * from './maildrop.ts';
export type * from './message-index.ts';
export type * from './delivery-log.ts';
export type * from './submissions.ts';
export type * from './reports.ts';
export type * from './logins.ts';
export type * from './store.ts';
export { memoryStore, openStore } from './sqlite/sqlite.ts';
