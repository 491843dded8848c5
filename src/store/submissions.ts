/** What was sent, is being sent, or may have been sent. */
import type { DatabaseSync } from 'node:sqlite';
import { oneOf, optionalText } from './row.ts';
import type { Submissions } from './types.ts';

export function submissions(database: DatabaseSync): Submissions {
  const select = database.prepare(
    'SELECT id, state, dm_id, begun_at FROM submission WHERE account = ? AND digest = ? AND begun_at >= ? ORDER BY begun_at DESC, id DESC LIMIT 1',
  );
  const insert = database.prepare(
    "INSERT INTO submission (account, digest, session, begun_at, state) VALUES (?, ?, ?, ?, 'begun')",
  );
  const selectSent = database.prepare("SELECT 1 FROM submission WHERE account = ? AND dm_id = ? AND state = 'sent'");
  const update = database.prepare('UPDATE submission SET state = ?, dm_id = ? WHERE id = ?');
  return {
    find: async (account, digest, since) => {
      const row = select.get(account, digest, since);
      if (row === undefined) return undefined;
      return {
        key: Number(row['id']),
        state: oneOf(['begun', 'sent', 'refused'], row['state']),
        dmID: optionalText(row['dm_id']),
        begunAt: Number(row['begun_at']),
      };
    },
    begin: async (account, digest, sessionId, at) => Number(insert.run(account, digest, sessionId, at).lastInsertRowid),
    claimed: async (account, dmIDs) => new Set(dmIDs.filter((dmID) => selectSent.get(account, dmID) !== undefined)),
    settle: async (key, outcome) => void update.run(outcome.state, outcome.state === 'sent' ? outcome.dmID : null, key),
  };
}
