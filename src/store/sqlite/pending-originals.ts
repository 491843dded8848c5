/** Signed originals that could not be had with their message, by view: each comes later as a mail of its own. */
import type { DatabaseSync } from 'node:sqlite';
import { momentColumns, momentIn, optionalMomentIn } from './moment-columns.ts';
import type { Revisions } from './revisions.ts';
import type { Row } from './row.ts';
import { inTransaction } from './transaction.ts';
import type { PendingOriginal, PendingOriginals } from '../maildrop.ts';

export function pendingOriginals(database: DatabaseSync, revisions: Revisions): PendingOriginals {
  const select = database.prepare(
    `SELECT view, dm_id, octets, at, elapsed, origin, tries, tried_at, tried_elapsed, tried_origin
     FROM pending_original WHERE account = ? ORDER BY tries, at, dm_id`,
  );
  const upsert = database.prepare(
    `INSERT INTO pending_original (account, view, dm_id, octets, at, elapsed, origin, tries) VALUES (?, ?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT DO UPDATE SET octets = excluded.octets, at = excluded.at, elapsed = excluded.elapsed,
       origin = excluded.origin, tries = 0, tried_at = NULL, tried_elapsed = NULL, tried_origin = NULL`,
  );
  const update = database.prepare(
    `UPDATE pending_original SET tries = ?, tried_at = ?, tried_elapsed = ?, tried_origin = ?
     WHERE account = ? AND view = ? AND dm_id = ?`,
  );
  const resize = database.prepare(
    'UPDATE pending_original SET octets = ? WHERE account = ? AND view = ? AND dm_id = ?',
  );
  const remove = database.prepare('DELETE FROM pending_original WHERE account = ? AND view = ? AND dm_id = ?');
  return {
    of: async (account) => select.all(account).map(pendingOf),
    add: async (account, { view, dmID, octets, since }) => {
      upsert.run(account, view, dmID, octets, ...momentColumns(since));
      revisions.changed(account);
    },
    tried: async (account, originals, at) => {
      inTransaction(database, () => {
        for (const { view, dmID, tries } of originals) update.run(tries, ...momentColumns(at), account, view, dmID);
      });
      revisions.changed(account);
    },
    resize: async (account, { view, dmID }, octets) => {
      resize.run(octets, account, view, dmID);
      revisions.changed(account);
    },
    forget: async (account, { view, dmID }) => {
      if (remove.run(account, view, dmID).changes > 0) revisions.changed(account);
    },
  };
}

function pendingOf(row: Row): PendingOriginal {
  return {
    view: String(row['view']),
    dmID: String(row['dm_id']),
    octets: Number(row['octets']),
    since: momentIn(row),
    tries: Number(row['tries']),
    triedAt: optionalMomentIn(row, 'tried_'),
  };
}
