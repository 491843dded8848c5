/** What was sent, is being sent, or may have been sent. */
import type { DatabaseSync } from 'node:sqlite';
import { oneOf, optionalNumber, optionalText } from './row.ts';
import { inTransaction } from './transaction.ts';
import type { Submissions } from './types.ts';

export function submissions(database: DatabaseSync): Submissions {
  const select = database.prepare(
    // By id, because a clock may be set back.
    'SELECT id, state, dm_id, begun_at, octets, confirmed FROM submission WHERE account = ? AND digest = ? AND begun_at >= ? ORDER BY id DESC LIMIT 1',
  );
  const insert = database.prepare(
    "INSERT INTO submission (account, digest, session, begun_at, octets, state) VALUES (?, ?, ?, ?, ?, 'begun')",
  );
  const selectSent = database.prepare("SELECT 1 FROM submission WHERE dm_id = ? AND state = 'sent'");
  const confirm = database.prepare('UPDATE submission SET confirmed = 1 WHERE id = ?');
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
        octets: optionalNumber(row['octets']),
        confirmed: row['confirmed'] === 1,
      };
    },
    begin: async ({ account, digest, sessionId, at, octets }) =>
      Number(insert.run(account, digest, sessionId, at, octets).lastInsertRowid),
    claimed: async (dmIDs) => new Set(dmIDs.filter((dmID) => selectSent.get(dmID) !== undefined)),
    settle: async (key, outcome) => void update.run(outcome.state, outcome.state === 'sent' ? outcome.dmID : null, key),
    confirm: async (keys) =>
      inTransaction(database, () => {
        for (const key of keys) confirm.run(key);
      }),
  };
}
