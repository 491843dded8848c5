/** Durable state behind small repositories. */
export type * from './types.ts';
export { openStore } from './sqlite/sqlite.ts';
