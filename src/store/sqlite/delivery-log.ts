/** The record of every call that delivered, or tried to, and of how each message came to be delivered. */
import type { DatabaseSync } from 'node:sqlite';
import { oneOf, optionalNumber, type Row } from './row.ts';
import { inTransaction } from './transaction.ts';
import type {
  Delivery,
  DeliveryCall,
  DeliveryLog,
  DeliveryManner,
  DeliveryOutcome,
  KnownDelivery,
} from '../delivery-log.ts';

const OUTCOMES = ['listed', 'failed', 'refused'] as const;
const MANNERS = ['delivered', 'fiction', 'elsewhere', 'unknown'] as const;

export function deliveryLog(database: DatabaseSync): DeliveryLog {
  const insert = database.prepare(
    'INSERT INTO delivery (at, isds_from, account, box_id, rights, session, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare('UPDATE delivery SET outcome = ?, isds_from = ?, isds_to = ? WHERE id = ?');
  const tell = database.prepare(
    `INSERT INTO delivered (dm_id, manner, delivery, delivered_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET manner = excluded.manner, delivery = excluded.delivery, delivered_at = excluded.delivered_at
     WHERE manner = 'waiting' OR delivered_at <> excluded.delivered_at`,
  );
  const selectTold = database.prepare('SELECT manner, delivery, delivered_at FROM delivered WHERE dm_id = ?');
  const selectSent = database.prepare(
    `SELECT id, rights, isds_from, isds_to, outcome FROM delivery
     WHERE box_id = ? AND isds_from BETWEEN ? AND ? ORDER BY isds_from, id`,
  );
  const select = database.prepare(
    `SELECT id, coalesce(isds_from, at) AS at, account, session, reason, outcome FROM delivery
     WHERE account = coalesce(?, account) ORDER BY id DESC LIMIT ?`,
  );
  const selectMessages = database.prepare('SELECT dm_id FROM delivered WHERE delivery = ? AND manner = ?');

  function deliveryOf(row: Row): Delivery {
    const messages = (manner: DeliveryManner) =>
      selectMessages.all(Number(row['id']), manner).map((message) => String(message['dm_id']));
    return {
      at: Number(row['at']),
      account: String(row['account']),
      sessionId: String(row['session']),
      reason: String(row['reason']),
      outcome: outcomeOf(row),
      delivered: messages('delivered'),
      fiction: messages('fiction'),
      elsewhere: messages('elsewhere'),
      unknown: messages('unknown'),
    };
  }

  return {
    begin: async ({ at, from, account, boxId, rights, sessionId, reason }) =>
      Number(insert.run(at, from ?? null, account, boxId, rights, sessionId, reason).lastInsertRowid),
    finish: async (key, { outcome, from, to, told }) =>
      inTransaction(database, () => {
        update.run(outcome, from ?? null, to ?? null, key);
        for (const { dmID, manner, call, deliveredAt } of told) tell.run(dmID, manner, call, deliveredAt ?? null);
      }),
    told: async (dmIDs) =>
      new Map(
        dmIDs.flatMap((dmID) => {
          const row = selectTold.get(dmID);
          return row === undefined ? [] : [[dmID, toldOf(row)] as const];
        }),
      ),
    sent: async (boxId, from, to) => selectSent.all(boxId, from, to).map(callOf),
    newest: async (account, limit) => select.all(account ?? null, limit).map(deliveryOf),
  };
}

function callOf(row: Row): DeliveryCall {
  return {
    key: Number(row['id']),
    rights: Number(row['rights']),
    from: Number(row['isds_from']),
    to: optionalNumber(row['isds_to']),
    outcome: outcomeOf(row),
  };
}

function toldOf(row: Row): KnownDelivery {
  return {
    manner: oneOf(['waiting', ...MANNERS], row['manner']),
    call: optionalNumber(row['delivery']),
    deliveredAt: optionalNumber(row['delivered_at']),
  };
}

function outcomeOf(row: Row): DeliveryOutcome | undefined {
  return row['outcome'] === null ? undefined : oneOf(OUTCOMES, row['outcome']);
}
