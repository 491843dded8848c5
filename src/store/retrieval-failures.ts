/** Messages whose content could not be had, and how often that was tried while ISDS answered otherwise. */
import type { DatabaseSync } from 'node:sqlite';
import { optionalNumber } from './row.ts';
import type { Revisions } from './revisions.ts';
import type { RetrievalFailures } from './types.ts';

export function retrievalFailures(database: DatabaseSync, revisions: Revisions): RetrievalFailures {
  const select = database.prepare(
    'SELECT dm_id, failed_at, tries, first_try_at, last_try_at FROM retrieval_failure WHERE account = ? ORDER BY first_failed_at, dm_id',
  );
  const upsert = database.prepare(
    `INSERT INTO retrieval_failure (account, dm_id, first_failed_at, failed_at, tries, first_try_at, last_try_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET failed_at = excluded.failed_at, tries = excluded.tries,
       first_try_at = excluded.first_try_at, last_try_at = excluded.last_try_at`,
  );
  const remove = database.prepare('DELETE FROM retrieval_failure WHERE account = ? AND dm_id = ?');
  return {
    of: async (account) =>
      new Map(
        select.all(account).map((row) => [
          String(row['dm_id']),
          {
            failedAt: Number(row['failed_at']),
            tries: Number(row['tries']),
            firstTryAt: optionalNumber(row['first_try_at']),
            lastTryAt: optionalNumber(row['last_try_at']),
          },
        ]),
      ),
    note: async (account, dmID, { failedAt, tries, firstTryAt, lastTryAt }) => {
      upsert.run(account, dmID, failedAt, failedAt, tries, firstTryAt ?? null, lastTryAt ?? null);
      revisions.changed(account);
    },
    forget: async (account, dmID) => {
      if (remove.run(account, dmID).changes > 0) revisions.changed(account);
    },
  };
}
