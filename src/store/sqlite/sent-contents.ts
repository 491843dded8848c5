/** What messages of the sent list were found to hold. */
import type { DatabaseSync } from 'node:sqlite';
import { fileMarks } from './file-marks.ts';
import { inTransaction } from './transaction.ts';
import type { SentContents } from '../types.ts';

export function sentContents(database: DatabaseSync): SentContents {
  const marks = fileMarks<string>(database, 'sent_file');
  return {
    find: async (dmIDs) => {
      const found = dmIDs.map((dmID) => [dmID, marks.of(dmID)] as const);
      return new Map(found.filter(([, files]) => files.length > 0));
    },
    add: async (dmID, files) => inTransaction(database, () => marks.add(dmID, files)),
  };
}
