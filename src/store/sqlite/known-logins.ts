/** Logins that ISDS has accepted through this gateway: their boxes, and the networks they came from. */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';
import type { KnownLogins } from '../logins.ts';

export function knownLogins(database: DatabaseSync): KnownLogins {
  const upsert = database.prepare(
    `INSERT INTO known_login (account, login, box_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET login = excluded.login, box_id = excluded.box_id, at = excluded.at`,
  );
  const upsertNetwork = database.prepare(
    `INSERT INTO login_network (account, network, at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at`,
  );
  const forgetLogins = database.prepare('DELETE FROM known_login WHERE at < ?');
  const forgetNetworks = database.prepare('DELETE FROM login_network WHERE at < ?');
  const select = database.prepare('SELECT account, login FROM known_login WHERE box_id = ? AND at >= ?');
  const selectNetwork = database.prepare('SELECT 1 FROM login_network WHERE account = ? AND network = ? AND at >= ?');
  const selectNetworks = database.prepare('SELECT DISTINCT network FROM login_network WHERE at >= ?');
  return {
    note: async ({ account, login, boxId, network }, at, forgetBefore) =>
      inTransaction(database, () => {
        upsert.run(account, login, boxId, at);
        upsertNetwork.run(account, network, at);
        forgetLogins.run(forgetBefore);
        forgetNetworks.run(forgetBefore);
      }),
    noteNetwork: async ({ account, network }, at) => void upsertNetwork.run(account, network, at),
    ofBox: async (boxId, since) =>
      select.all(boxId, since).map((row) => ({ account: String(row['account']), login: String(row['login']) })),
    networks: async (since) => selectNetworks.all(since).map((row) => String(row['network'])),
    cameFrom: async (account, network, since) => selectNetwork.get(account, network, since) !== undefined,
  };
}
