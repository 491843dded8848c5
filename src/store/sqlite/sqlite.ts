/** The embedded store: one SQLite file, owned by one process. */
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
import { openFile, watchFile } from './store-file.ts';
import { sentContents, submissions } from './submissions.ts';
import type { Store } from '../store.ts';

/**
 * Opens the file, or makes it (mode 0600).
 * WAL with synchronous=FULL: a deleted message must not come back and a sent one must not be sent again after a power cut.
 * The lock is exclusive: a second gateway on the same file fails here instead of sending twice. Rejects with an Error that names
 * the file and what to do.
 */
export async function openStore(path: string): Promise<Store> {
  return storeOn(openFile(path), watchFile(path));
}

/** Keeps everything in the process, and no longer than that. */
export function memoryStore(): Store {
  return storeOn(new DatabaseSync(':memory:'), () => undefined);
}

function storeOn(database: DatabaseSync, fault: Store['fault']): Store {
  migrate(database);
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
    fault,
    close: async () => database.close(),
  };
}
