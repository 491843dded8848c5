/** Data boxes as typed calls; knows nothing of mail. */
export type * from './types.ts';
export { Right } from './types.ts';
