/** The last known complete list of each account, and when it was made. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { oneOf, optionalNumber, type Row } from './row.ts';
import type { Revisions } from './revisions.ts';
import { inTransaction } from './transaction.ts';
import type { IndexChange, IndexedMessage, MessageIndex, PickupState } from '../message-index.ts';

/** Some five milliseconds: nobody else waits longer for the first list of a box with ten thousand messages. */
const WRITTEN_AT_ONCE = 2_000;

export function messageIndex(database: DatabaseSync, revisions: Revisions): MessageIndex {
  const select = database.prepare(
    'SELECT dm_id, kind, arrived_at, octets, read, gone_at FROM listed WHERE account = ? ORDER BY arrived_at, dm_id',
  );
  const selectOne = database.prepare(
    'SELECT dm_id, kind, arrived_at, octets, read, gone_at FROM listed WHERE account = ? AND dm_id = ?',
  );
  const upsert = database.prepare(
    `INSERT INTO listed (account, dm_id, kind, arrived_at, octets, read, gone_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kind = excluded.kind, octets = excluded.octets, read = excluded.read, gone_at = excluded.gone_at`,
  );
  const insert = database.prepare(
    'INSERT INTO listed (account, dm_id, kind, arrived_at, octets, read, gone_at) VALUES (?, ?, ?, ?, ?, 0, NULL) ON CONFLICT DO NOTHING',
  );
  const leave = database.prepare('UPDATE listed SET gone_at = ? WHERE account = ? AND dm_id = ? AND gone_at IS NULL');
  const resize = database.prepare('UPDATE listed SET octets = ? WHERE account = ? AND dm_id = ?');
  const read = database.prepare('UPDATE listed SET read = 1 WHERE account = ? AND dm_id = ?');
  const selectState = database.prepare(
    'SELECT last_call_at, last_full_at, since, permitted_at FROM pickup WHERE account = ?',
  );
  const called = database.prepare(
    `INSERT INTO pickup (account, last_call_at, last_full_at, since) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_call_at = excluded.last_call_at,
       last_full_at = coalesce(excluded.last_full_at, last_full_at), since = excluded.since, permitted_at = nullif(permitted_at, ?)`,
  );
  const permit = database.prepare(
    'INSERT INTO pickup (account, permitted_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET permitted_at = excluded.permitted_at',
  );

  function list(account: string, messages: readonly IndexedMessage[]): void {
    for (const { dmID, kind, arrivedAt, octets, read: isRead, goneAt } of messages) {
      upsert.run(account, dmID, kind, arrivedAt, octets, isRead ? 1 : 0, goneAt ?? null);
    }
  }

  /** Only the last part says that the list is there; without it the whole list is asked for and written again. */
  async function apply(
    account: string,
    { messages, gone, calledAt, full, since, permittedAt }: IndexChange,
  ): Promise<void> {
    let written = 0;
    for (; messages.length - written > WRITTEN_AT_ONCE; written += WRITTEN_AT_ONCE) {
      inTransaction(database, () => list(account, messages.slice(written, written + WRITTEN_AT_ONCE)));
      await nextTurn();
    }
    inTransaction(database, () => {
      list(account, messages.slice(written));
      for (const dmID of gone) leave.run(calledAt, account, dmID);
      called.run(account, calledAt, full ? calledAt : null, since ?? null, permittedAt ?? null);
    });
    if (messages.length + gone.length > 0) revisions.changed(account);
  }

  return {
    messages: async (account) => select.all(account).map(messageOf),
    find: async (account, dmIDs) =>
      dmIDs.flatMap((dmID) => {
        const row = selectOne.get(account, dmID);
        return row === undefined ? [] : [messageOf(row)];
      }),
    revision: async (account) => revisions.of(account),
    state: async (account) => stateOf(selectState.get(account)),
    apply,
    announce: async (account, messages) => {
      if (messages.length === 0) return;
      inTransaction(database, () => {
        for (const { dmID, kind, arrivedAt, octets } of messages) insert.run(account, dmID, kind, arrivedAt, octets);
      });
      revisions.changed(account);
    },
    permit: async (account, at) => void permit.run(account, at),
    resize: async (account, dmID, octets) => {
      resize.run(octets, account, dmID);
      revisions.changed(account);
    },
    markRead: async (account, dmID) => {
      read.run(account, dmID);
      revisions.changed(account);
    },
  };
}

function messageOf(row: Row): IndexedMessage {
  return {
    dmID: String(row['dm_id']),
    kind: oneOf(['message', 'envelope', 'waiting'], row['kind']),
    arrivedAt: Number(row['arrived_at']),
    octets: Number(row['octets']),
    read: row['read'] === 1,
    goneAt: optionalNumber(row['gone_at']),
  };
}

function stateOf(row: Row | undefined): PickupState {
  return {
    lastCallAt: optionalNumber(row?.['last_call_at']),
    lastFullAt: optionalNumber(row?.['last_full_at']),
    since: optionalNumber(row?.['since']),
    permittedAt: optionalNumber(row?.['permitted_at']),
  };
}
