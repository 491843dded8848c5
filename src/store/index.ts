/** Durable state behind small repositories. */
export { openStore } from './sqlite.ts';
export type * from './types.ts';
