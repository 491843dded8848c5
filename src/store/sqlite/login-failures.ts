/** Log-ins that ISDS refused, or may have, and what it has blocked. */
import type { DatabaseSync } from 'node:sqlite';
import { momentColumns, momentIn } from './moment-columns.ts';
import { oneOf } from './row.ts';
import { inTransaction } from './transaction.ts';
import type { LoginFailures } from '../logins.ts';

export function loginFailures(database: DatabaseSync): LoginFailures {
  const insert = database.prepare(
    'INSERT INTO login_failure (account, network, kind, at, elapsed, origin) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare('UPDATE login_failure SET at = ?, elapsed = ?, origin = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM login_failure WHERE id = ?');
  const select = database.prepare('SELECT id, account, network, kind, at, elapsed, origin FROM login_failure');
  const disown = database.prepare("UPDATE login_failure SET account = '', network = '' WHERE account = ?");
  const upsertBlock = database.prepare(
    `INSERT INTO login_block (account, lasts, at, elapsed, origin) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET lasts = excluded.lasts, at = excluded.at, elapsed = excluded.elapsed, origin = excluded.origin`,
  );
  const selectBlocks = database.prepare('SELECT account, lasts, at, elapsed, origin FROM login_block');
  const removeBlock = database.prepare('DELETE FROM login_block WHERE account = ?');
  return {
    add: async ({ account, network, kind }, moment) =>
      Number(insert.run(account, network, kind, ...momentColumns(moment)).lastInsertRowid),
    happened: async (key, moment) => void update.run(...momentColumns(moment), key),
    remove: async (key) => void remove.run(key),
    all: async () =>
      select.all().map((row) => ({
        key: Number(row['id']),
        account: String(row['account']),
        network: String(row['network']),
        kind: oneOf(['stranger', 'known', 'renewal', 'repeat'], row['kind']),
        moment: momentIn(row),
      })),
    block: async (account, lasts, moment) => void upsertBlock.run(account, Math.round(lasts), ...momentColumns(moment)),
    blocks: async () =>
      selectBlocks.all().map((row) => ({
        account: String(row['account']),
        lasts: Number(row['lasts']),
        moment: momentIn(row),
      })),
    forgive: async (account) =>
      inTransaction(database, () => {
        if (account === undefined) return database.exec('DELETE FROM login_failure; DELETE FROM login_block;');
        disown.run(account);
        removeBlock.run(account);
      }),
  };
}
