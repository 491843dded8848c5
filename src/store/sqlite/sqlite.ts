/** The embedded store: one SQLite file, owned by one process. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deliveryLog } from './delivery-log.ts';
import { knownLogins } from './known-logins.ts';
import { hiddenMessages, receivedMails } from './mails.ts';
import { messageIndex } from './message-index.ts';
import { loginFailures } from './login-failures.ts';
import { migrate } from './migrations.ts';
import { pendingOriginals } from './pending-originals.ts';
import { promises } from './promises.ts';
import { reports } from './reports.ts';
import { retrievalFailures } from './retrieval-failures.ts';
import { Revisions } from './revisions.ts';
import { sentContents, submissions } from './submissions.ts';
import type { Store } from '../store.ts';

/** How long to wait for a process that is just letting go of the file, for instance during a restart. */
const LOCK_TIMEOUT_MS = 2_000;

/** SQLITE_BUSY (https://www.sqlite.org/rescode.html#busy). */
const BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}

/**
 * Opens the file, or makes it (mode 0600); ':memory:' keeps everything in the process.
 * WAL with synchronous=FULL: a deleted message must not come back and a sent one must not be sent again after a power cut.
 * The lock is exclusive: a second gateway on the same file fails here instead of sending twice.
 */
export function openStore(path: string): Store {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw cause;
    throw new Error(`another Poštolka is running on ${path}: stop it, or give this one a dataDirectory of its own`, {
      cause,
    });
  }
  migrate(database);
  if (path !== ':memory:') chmodSync(path, 0o600);
  const revisions = new Revisions();
  return {
    hidden: hiddenMessages(database, revisions),
    received: receivedMails(database, revisions),
    index: messageIndex(database, revisions),
    deliveries: deliveryLog(database),
    submissions: submissions(database),
    sentContents: sentContents(database),
    logins: knownLogins(database),
    loginFailures: loginFailures(database),
    reports: reports(database, revisions),
    retrievalFailures: retrievalFailures(database, revisions),
    pendingOriginals: pendingOriginals(database, revisions),
    promises: promises(database),
    close: () => database.close(),
  };
}
