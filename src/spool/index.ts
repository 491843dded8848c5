/** Files of one mail that wait for their turn, in temporary files without a name; as much as one account may have. */
export { requireSpoolDirectory } from './spool-directory.ts';
export { clearSpoolLeftovers } from './spool-leftovers.ts';
export { spoolShares } from './spool-share.ts';
export { Spool, type SpooledFile, type SpoolWriting, type StoredFile } from './spool.ts';
