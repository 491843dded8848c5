/** Everything that a mail program meets on its way, looked at from outside. */
export { type Directory, systemDirectory } from './directory.ts';
export { type Examination, examine } from './examine.ts';
export { advice, type Finding, ok, worded } from './finding.ts';
