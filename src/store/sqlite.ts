/** The embedded store: one SQLite file, owned by one process. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrations.ts';
import type {
  DeliveryLog,
  HiddenMessages,
  MailSizes,
  ReadMarks,
  Store,
  Submissions,
  SubmissionState,
} from './types.ts';

/** How long to wait for a process that is just letting go of the file, for instance during a restart. */
const LOCK_PATIENCE_MS = 2_000;

/**
 * Opens the file, or makes it (mode 0600); ':memory:' keeps everything in the process.
 * WAL with synchronous=FULL: a deleted message must not come back and a sent one must not be sent again after a power cut.
 * The lock is exclusive: a second gateway on the same file fails here instead of sending twice.
 */
export function openStore(path: string): Store {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: LOCK_PATIENCE_MS });
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  migrate(database);
  if (path !== ':memory:') chmodSync(path, 0o600);
  return {
    hidden: hiddenMessages(database),
    readMarks: readMarks(database),
    sizes: mailSizes(database),
    deliveries: deliveryLog(database),
    submissions: submissions(database),
    close: () => database.close(),
  };
}

function hiddenMessages(database: DatabaseSync): HiddenMessages {
  const insert = database.prepare('INSERT OR IGNORE INTO hidden (account, view, uid, at) VALUES (?, ?, ?, ?)');
  const select = database.prepare('SELECT uid FROM hidden WHERE account = ? AND view = ?');
  return {
    add: async (account, view, uids, at) =>
      inTransaction(database, () => {
        for (const uid of uids) insert.run(account, view, uid, at);
      }),
    of: async (account, view) => new Set(select.all(account, view).map((row) => String(row['uid']))),
  };
}

function readMarks(database: DatabaseSync): ReadMarks {
  const insert = database.prepare('INSERT OR IGNORE INTO read_mark (account, uid, at) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT 1 FROM read_mark WHERE account = ? AND uid = ?');
  return {
    has: async (account, uid) => select.get(account, uid) !== undefined,
    add: async (account, uid, at) => void insert.run(account, uid, at),
  };
}

function mailSizes(database: DatabaseSync): MailSizes {
  const upsert = database.prepare('INSERT OR REPLACE INTO mail_size (account, uid, octets) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT uid, octets FROM mail_size WHERE account = ?');
  return {
    of: async (account) => new Map(select.all(account).map((row) => [String(row['uid']), Number(row['octets'])])),
    remember: async (account, uid, octets) => void upsert.run(account, uid, octets),
  };
}

function deliveryLog(database: DatabaseSync): DeliveryLog {
  const insert = database.prepare('INSERT INTO delivery (at, account, session, reason) VALUES (?, ?, ?, ?)');
  return { add: async ({ at, account, sessionId, reason }) => void insert.run(at, account, sessionId, reason) };
}

function submissions(database: DatabaseSync): Submissions {
  const select = database.prepare(
    'SELECT state, dm_id, begun_at FROM submission WHERE account = ? AND digest = ? AND begun_at >= ? ORDER BY begun_at DESC, id DESC LIMIT 1',
  );
  const insert = database.prepare(
    "INSERT INTO submission (account, digest, session, begun_at, state) VALUES (?, ?, ?, ?, 'begun')",
  );
  const update = database.prepare('UPDATE submission SET state = ?, dm_id = ? WHERE id = ?');
  return {
    find: async (account, digest, since) => {
      const row = select.get(account, digest, since);
      if (row === undefined) return undefined;
      return {
        state: submissionState(String(row['state'])),
        dmID: row['dm_id'] === null ? undefined : String(row['dm_id']),
        begunAt: Number(row['begun_at']),
      };
    },
    begin: async (account, digest, sessionId, at) => Number(insert.run(account, digest, sessionId, at).lastInsertRowid),
    settle: async (key, outcome) => void update.run(outcome.state, outcome.state === 'sent' ? outcome.dmID : null, key),
  };
}

function submissionState(text: string): SubmissionState {
  if (text === 'begun' || text === 'sent' || text === 'refused') return text;
  throw new Error(`the store holds an unknown submission state: ${text}`);
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
