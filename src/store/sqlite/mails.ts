/** Which mails a view has deleted, and which it has received: two sets of the same shape. */
import type { DatabaseSync } from 'node:sqlite';
import type { Revisions } from './revisions.ts';
import { inTransaction } from './transaction.ts';
import type { HiddenMessages, ReceivedMails } from '../maildrop.ts';

/** HiddenMessages on SQLite. */
export function hiddenMessages(database: DatabaseSync, revisions: Revisions): HiddenMessages {
  const set = mailSet(database, 'hidden');
  return {
    add: async (account, view, uids, at) => {
      inTransaction(database, () => {
        for (const uid of uids) set.add(account, view, uid, at);
      });
      revisions.changed(account);
    },
    of: async (account, view) => set.of(account, view),
  };
}

/** ReceivedMails on SQLite. */
export function receivedMails(database: DatabaseSync, revisions: Revisions): ReceivedMails {
  const set = mailSet(database, 'received');
  return {
    add: async (account, view, uid, at) => {
      set.add(account, view, uid, at);
      revisions.changed(account);
    },
    of: async (account, view) => set.of(account, view),
  };
}

function mailSet(database: DatabaseSync, table: 'hidden' | 'received') {
  const insert = database.prepare(`INSERT OR IGNORE INTO ${table} (account, view, uid, at) VALUES (?, ?, ?, ?)`);
  const select = database.prepare(`SELECT uid FROM ${table} WHERE account = ? AND view = ?`);
  return {
    add: (account: string, view: string, uid: string, at: number) => void insert.run(account, view, uid, at),
    of: (account: string, view: string) => new Set(select.all(account, view).map((row) => String(row['uid']))),
  };
}
