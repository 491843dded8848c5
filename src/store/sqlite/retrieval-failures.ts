/** Messages whose content could not be had, and how often that was tried while ISDS answered otherwise. */
import type { DatabaseSync } from 'node:sqlite';
import { momentColumns, momentIn, optionalMomentColumns, optionalMomentIn } from './moment-columns.ts';
import type { Revisions } from './revisions.ts';
import type { RetrievalFailures } from '../maildrop.ts';

export function retrievalFailures(database: DatabaseSync, revisions: Revisions): RetrievalFailures {
  const select = database.prepare(
    `SELECT dm_id, failed_at, failed_elapsed, failed_origin, tries, first_try_at, first_try_elapsed, first_try_origin,
       last_try_at, last_try_elapsed, last_try_origin
     FROM retrieval_failure WHERE account = ? ORDER BY first_failed_at, dm_id`,
  );
  const upsert = database.prepare(
    `INSERT INTO retrieval_failure (account, dm_id, first_failed_at, failed_at, failed_elapsed, failed_origin, tries,
       first_try_at, first_try_elapsed, first_try_origin, last_try_at, last_try_elapsed, last_try_origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET failed_at = excluded.failed_at, failed_elapsed = excluded.failed_elapsed,
       failed_origin = excluded.failed_origin, tries = excluded.tries, first_try_at = excluded.first_try_at,
       first_try_elapsed = excluded.first_try_elapsed, first_try_origin = excluded.first_try_origin,
       last_try_at = excluded.last_try_at, last_try_elapsed = excluded.last_try_elapsed,
       last_try_origin = excluded.last_try_origin`,
  );
  const remove = database.prepare('DELETE FROM retrieval_failure WHERE account = ? AND dm_id = ?');
  return {
    of: async (account) =>
      new Map(
        select.all(account).map((row) => [
          String(row['dm_id']),
          {
            failedAt: momentIn(row, 'failed_'),
            tries: Number(row['tries']),
            firstTryAt: optionalMomentIn(row, 'first_try_'),
            lastTryAt: optionalMomentIn(row, 'last_try_'),
          },
        ]),
      ),
    note: async (account, dmID, { failedAt, tries, firstTryAt, lastTryAt }) => {
      const failed = momentColumns(failedAt);
      const tried = [...optionalMomentColumns(firstTryAt), ...optionalMomentColumns(lastTryAt)];
      upsert.run(account, dmID, failed[0], ...failed, tries, ...tried);
      revisions.changed(account);
    },
    forget: async (account, dmID) => {
      if (remove.run(account, dmID).changes > 0) revisions.changed(account);
    },
  };
}
