/** The schema, one step a version; a step that has been released is never changed. */
import type { DatabaseSync } from 'node:sqlite';

export const steps: readonly string[] = [
  `
  CREATE TABLE hidden (
    account TEXT NOT NULL,
    view TEXT NOT NULL,
    uid TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, view, uid)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE received (
    account TEXT NOT NULL,
    view TEXT NOT NULL,
    uid TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, view, uid)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE listed (
    account TEXT NOT NULL,
    dm_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'large', 'envelope')),
    arrived_at INTEGER NOT NULL,
    octets INTEGER NOT NULL,
    read INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (account, dm_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pickup (
    account TEXT PRIMARY KEY,
    last_call_at INTEGER,
    last_full_at INTEGER,
    since INTEGER,
    permitted_at INTEGER
  ) STRICT;

  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    session TEXT NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('listed', 'failed'))
  ) STRICT;
  CREATE INDEX delivery_by_account ON delivery (account, at);

  CREATE TABLE delivered (
    delivery INTEGER NOT NULL REFERENCES delivery (id),
    dm_id TEXT NOT NULL,
    PRIMARY KEY (delivery, dm_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    digest TEXT NOT NULL,
    session TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'sent', 'refused')),
    dm_id TEXT
  ) STRICT;
  CREATE INDEX submission_by_digest ON submission (account, digest, begun_at);
  CREATE INDEX submission_by_message ON submission (account, dm_id);
  `,
  // A kind more; a CHECK cannot be altered.
  `
  ALTER TABLE listed RENAME TO listed_before;
  CREATE TABLE listed (
    account TEXT NOT NULL,
    dm_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message', 'large', 'envelope', 'waiting')),
    arrived_at INTEGER NOT NULL,
    octets INTEGER NOT NULL,
    read INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (account, dm_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO listed SELECT account, dm_id, kind, arrived_at, octets, read, gone_at FROM listed_before;
  DROP TABLE listed_before;
  `,
  `
  CREATE TABLE known_login (
    account TEXT PRIMARY KEY,
    login TEXT NOT NULL,
    box_id TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX known_login_by_box ON known_login (box_id);

  CREATE TABLE login_network (
    account TEXT NOT NULL,
    network TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, network)
  ) STRICT, WITHOUT ROWID;
  `,
  // Several recipients: whether the mail program was told of the success, and reports of those that failed.
  `
  ALTER TABLE submission ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    session TEXT NOT NULL,
    message_id TEXT
  ) STRICT;
  CREATE TABLE reported (
    report INTEGER NOT NULL REFERENCES report (id),
    box TEXT NOT NULL,
    dm_id TEXT,
    reason TEXT,
    isds_code TEXT,
    PRIMARY KEY (report, box)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX report_by_account ON report (account, at);
  `,
  // Large messages come as themselves now: their notices go, and the next list is one of everything, which brings them.
  `
  UPDATE pickup SET last_full_at = 0
    WHERE last_full_at IS NOT NULL AND account IN (SELECT account FROM listed WHERE kind = 'large');
  DELETE FROM listed WHERE kind = 'large';
  `,
  // How a message in doubt is known again among those that the box has sent, by whichever of its logins.
  `
  ALTER TABLE submission ADD COLUMN octets INTEGER;
  DROP INDEX submission_by_message;
  CREATE INDEX submission_by_message ON submission (dm_id);
  `,
  // What a report is about; those of before are about failures.
  `
  ALTER TABLE report ADD COLUMN kind TEXT NOT NULL DEFAULT 'failures';
  `,
  // How each message came to be delivered is said once, by ISDS's clock. What the rule before said rested on the gateway's
  // clock and may have been said of several calls: it stands with the first of them, as something that cannot be told.
  `
  ALTER TABLE delivery RENAME TO delivery_before;
  ALTER TABLE delivered RENAME TO delivered_before;
  DROP INDEX delivery_by_account;
  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    isds_from INTEGER,
    isds_to INTEGER,
    account TEXT NOT NULL,
    box_id TEXT,
    rights INTEGER,
    session TEXT NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('listed', 'failed', 'refused'))
  ) STRICT;
  CREATE INDEX delivery_by_account ON delivery (account, id);
  CREATE INDEX delivery_by_box ON delivery (box_id, isds_from);
  CREATE TABLE delivered (
    dm_id TEXT PRIMARY KEY,
    manner TEXT NOT NULL CHECK (manner IN ('waiting', 'delivered', 'fiction', 'elsewhere', 'unknown')),
    delivery INTEGER REFERENCES delivery (id),
    delivered_at INTEGER
  ) STRICT;
  CREATE INDEX delivered_by_delivery ON delivered (delivery, manner);
  INSERT INTO delivery (id, at, account, session, reason, outcome)
    SELECT id, at, account, session, reason, outcome FROM delivery_before;
  INSERT INTO delivered (dm_id, manner, delivery)
    SELECT dm_id, 'unknown', min(delivery) FROM delivered_before GROUP BY dm_id;
  INSERT OR IGNORE INTO delivered (dm_id, manner) SELECT DISTINCT dm_id, 'unknown' FROM listed WHERE kind = 'message';
  DROP TABLE delivered_before;
  DROP TABLE delivery_before;
  `,
  // What each message was made of before it left, and what the sent ones were found to hold: a doubt is settled by content.
  `
  ALTER TABLE submission DROP COLUMN octets;
  ALTER TABLE submission ADD COLUMN box TEXT;
  ALTER TABLE submission ADD COLUMN recipient TEXT;
  ALTER TABLE submission ADD COLUMN mail TEXT;
  ALTER TABLE submission ADD COLUMN message_id TEXT;
  ALTER TABLE submission ADD COLUMN isds_at INTEGER;
  ALTER TABLE submission ADD COLUMN settled_at INTEGER;
  ALTER TABLE submission ADD COLUMN told_at INTEGER;
  CREATE INDEX submission_in_doubt ON submission (box, account) WHERE state = 'begun' AND told_at IS NULL;
  CREATE INDEX submission_untold ON submission (box)
    WHERE settled_at IS NOT NULL AND told_at IS NULL AND confirmed = 0;
  CREATE INDEX submission_by_mail ON submission (account, session, mail);
  CREATE TABLE attempt_text (
    submission INTEGER NOT NULL REFERENCES submission (id),
    field TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (submission, field)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attempt_file (
    submission INTEGER NOT NULL REFERENCES submission (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    octets INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (submission, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE sent_file (
    dm_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    octets INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (dm_id, number)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE reported ADD COLUMN attempted_at INTEGER;
  ALTER TABLE reported ADD COLUMN file_octets TEXT;
  `,
  // Log-ins that failed at ISDS, or may have, and its blocks; the times as moments whose age no setting of the clock changes.
  `
  CREATE TABLE login_failure (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stranger', 'known', 'renewal', 'repeat')),
    at INTEGER NOT NULL,
    elapsed INTEGER NOT NULL,
    origin TEXT
  ) STRICT;
  CREATE TABLE login_block (
    account TEXT PRIMARY KEY,
    lasts INTEGER NOT NULL,
    at INTEGER NOT NULL,
    elapsed INTEGER NOT NULL,
    origin TEXT
  ) STRICT;
  `,
  // Messages that ISDS did not give when they were asked for: they stand last, and something stands in for those that last.
  `
  CREATE TABLE retrieval_failure (
    account TEXT NOT NULL,
    dm_id TEXT NOT NULL,
    first_failed_at INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    first_try_at INTEGER,
    last_try_at INTEGER,
    PRIMARY KEY (account, dm_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Mails that go on being sent although nobody waits: a gateway that is killed meanwhile owes their senders a word.
  `
  CREATE TABLE promised (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    content TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    session TEXT NOT NULL,
    message_id TEXT,
    letters TEXT NOT NULL
  ) STRICT;
  `,
  // Messages that a view received without their signed original, which comes later as a mail of its own.
  `
  CREATE TABLE pending_original (
    account TEXT NOT NULL,
    view TEXT NOT NULL,
    dm_id TEXT NOT NULL,
    octets INTEGER NOT NULL,
    at INTEGER NOT NULL,
    elapsed INTEGER NOT NULL,
    origin TEXT,
    tries INTEGER NOT NULL,
    tried_at INTEGER,
    tried_elapsed INTEGER,
    tried_origin TEXT,
    PRIMARY KEY (account, view, dm_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // The times of failed retrievals become moments, whose age no setting of the clock changes; older ones have the clock alone.
  `
  ALTER TABLE retrieval_failure ADD COLUMN failed_elapsed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE retrieval_failure ADD COLUMN failed_origin TEXT;
  ALTER TABLE retrieval_failure ADD COLUMN first_try_elapsed INTEGER;
  ALTER TABLE retrieval_failure ADD COLUMN first_try_origin TEXT;
  ALTER TABLE retrieval_failure ADD COLUMN last_try_elapsed INTEGER;
  ALTER TABLE retrieval_failure ADD COLUMN last_try_origin TEXT;
  `,
  // Who sends keeps a lease, so that another process on the same store does not take it for ended; older attempts have ended.
  `
  ALTER TABLE submission ADD COLUMN owner TEXT NOT NULL DEFAULT '';
  ALTER TABLE submission ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE submission ADD COLUMN seen_elapsed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE submission ADD COLUMN seen_origin TEXT;
  ALTER TABLE submission ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
  UPDATE submission SET seen_at = begun_at;
  `,
  // What was announced stays true, whatever words a later version has.
  'ALTER TABLE report ADD COLUMN octets INTEGER;',
];

/** Brings the database to the newest version; a newer one than this program knows is refused. */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > steps.length) {
    throw new Error(`the store was written by a newer version of Poštolka (schema ${version}, known ${steps.length})`);
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
