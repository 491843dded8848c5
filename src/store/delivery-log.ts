/** The record of every call that delivered, or tried to. */
import type { DatabaseSync } from 'node:sqlite';
import { oneOf } from './row.ts';
import { inTransaction } from './transaction.ts';
import type { DeliveryLog } from './types.ts';

const OUTCOMES = ['listed', 'failed'] as const;

export function deliveryLog(database: DatabaseSync): DeliveryLog {
  const insert = database.prepare('INSERT INTO delivery (at, account, session, reason) VALUES (?, ?, ?, ?)');
  const update = database.prepare('UPDATE delivery SET outcome = ? WHERE id = ?');
  const insertMessage = database.prepare('INSERT INTO delivered (delivery, dm_id) VALUES (?, ?)');
  const select = database.prepare(
    'SELECT id, at, account, session, reason, outcome FROM delivery WHERE account = coalesce(?, account) ORDER BY id DESC LIMIT ?',
  );
  const selectMessages = database.prepare('SELECT dm_id FROM delivered WHERE delivery = ?');
  return {
    begin: async ({ at, account, sessionId, reason }) =>
      Number(insert.run(at, account, sessionId, reason).lastInsertRowid),
    finish: async (key, outcome, delivered) =>
      inTransaction(database, () => {
        update.run(outcome, key);
        for (const dmID of delivered) insertMessage.run(key, dmID);
      }),
    newest: async (account, limit) =>
      select.all(account ?? null, limit).map((row) => ({
        at: Number(row['at']),
        account: String(row['account']),
        sessionId: String(row['session']),
        reason: String(row['reason']),
        outcome: row['outcome'] === null ? undefined : oneOf(OUTCOMES, row['outcome']),
        delivered: selectMessages.all(Number(row['id'])).map((message) => String(message['dm_id'])),
      })),
  };
}
