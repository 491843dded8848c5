/** What was sent, is being sent, or may have been sent. */
import type { DatabaseSync } from 'node:sqlite';
import { fileMarks } from './file-marks.ts';
import { oneOf, optionalNumber, optionalText, type Row } from './row.ts';
import { momentColumns, momentIn } from './moment-columns.ts';
import { inTransaction } from './transaction.ts';
import type { MessageMark, Submissions, SubmissionStart, Tellable, SentContents } from '../submissions.ts';

/** Columns of a Tellable. */
const TELLABLE = 'id, account, session, mail, message_id, recipient, begun_at, isds_at';

/** Submissions on SQLite. */
export function submissions(database: DatabaseSync): Submissions {
  const select = database.prepare(
    // By id, because a clock may be set back.
    `SELECT id, state, dm_id, begun_at, isds_at, settled_at, told_at, confirmed
      FROM submission WHERE account = ? AND digest = ? ORDER BY id DESC LIMIT 1`,
  );
  const insert = database.prepare(
    `INSERT INTO submission (account, box, digest, session, mail, message_id, recipient, begun_at, isds_at,
      owner, seen_at, seen_elapsed, seen_origin, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun')`,
  );
  const insertText = database.prepare('INSERT INTO attempt_text (submission, field, digest) VALUES (?, ?, ?)');
  const selectTexts = database.prepare('SELECT field, digest FROM attempt_text WHERE submission = ?');
  const removeTexts = database.prepare('DELETE FROM attempt_text WHERE submission = ?');
  const marks = fileMarks<number>(database, 'attempt_file');
  const selectOpen = database.prepare(
    `SELECT ${TELLABLE}, owner, ended, seen_at, seen_elapsed, seen_origin FROM submission WHERE state = 'begun' AND told_at IS NULL
      AND (box = ?1 OR (box IS NULL AND account = ?2)) ORDER BY id`,
  );
  const selectUntold = database.prepare(
    `SELECT ${TELLABLE}, dm_id, settled_at FROM submission AS settled
      WHERE settled_at IS NOT NULL AND told_at IS NULL AND confirmed = 0 AND box = ?
      AND NOT EXISTS (SELECT 1 FROM submission AS later
        WHERE later.account = settled.account AND later.digest = settled.digest AND later.id > settled.id)
      ORDER BY id`,
  );
  const selectSentOf = database.prepare(
    `SELECT recipient, dm_id FROM submission
      WHERE account = ? AND session = ? AND mail = ? AND state = 'sent' AND confirmed = 0 ORDER BY id`,
  );
  const selectSent = database.prepare("SELECT 1 FROM submission WHERE dm_id = ? AND state = 'sent'");
  const update = database.prepare('UPDATE submission SET state = ?, dm_id = ? WHERE id = ?');
  const renew = database.prepare('UPDATE submission SET seen_at = ?, seen_elapsed = ?, seen_origin = ? WHERE id = ?');
  const end = database.prepare('UPDATE submission SET ended = 1 WHERE id = ?');
  const prove = database.prepare(
    `UPDATE submission SET state = 'sent', dm_id = ?1, settled_at = ?2 WHERE id = ?3 AND state = 'begun'
      AND NOT EXISTS (SELECT 1 FROM submission WHERE dm_id = ?1 AND state = 'sent')`,
  );
  const disprove = database.prepare(
    "UPDATE submission SET state = 'refused', settled_at = ? WHERE id = ? AND state = 'begun'",
  );
  const tell = database.prepare('UPDATE submission SET told_at = ? WHERE id = ?');
  const confirm = database.prepare('UPDATE submission SET confirmed = 1 WHERE id = ?');

  function begin(start: SubmissionStart): number {
    const { account, box, digest, sessionId, mail, messageId, recipient, at, isdsAt, owner, seen, texts, files } =
      start;
    const values = [account, box, digest, sessionId, mail, messageId ?? null, recipient, at, isdsAt ?? null];
    const key = Number(insert.run(...values, owner, ...momentColumns(seen)).lastInsertRowid);
    for (const [field, text] of Object.entries(texts)) insertText.run(key, field, text);
    marks.add(key, files);
    return key;
  }

  /** Once the fate of a message is known nobody looks for it any more. */
  function forgetMark(key: number): void {
    removeTexts.run(key);
    marks.remove(key);
  }

  function markOf({ key, recipient }: Tellable): MessageMark | undefined {
    if (recipient === undefined) return undefined;
    const texts = selectTexts.all(key).map(({ field, digest }) => [String(field), String(digest)]);
    return { recipient, texts: Object.fromEntries(texts), files: marks.of(key) };
  }

  return {
    find: async (account, digest) => {
      const row = select.get(account, digest);
      if (row === undefined) return undefined;
      return {
        key: Number(row['id']),
        state: oneOf(['begun', 'sent', 'refused'], row['state']),
        dmID: optionalText(row['dm_id']),
        begunAt: Number(row['begun_at']),
        isdsAt: optionalNumber(row['isds_at']),
        settledAt: optionalNumber(row['settled_at']),
        toldAt: optionalNumber(row['told_at']),
        confirmed: row['confirmed'] === 1,
      };
    },
    claim: async (starts) =>
      inTransaction(database, () => {
        const isOvertaken = starts.some(
          ({ account, digest, after }) => optionalNumber(select.get(account, digest)?.['id']) !== after,
        );
        return isOvertaken ? 'overtaken' : starts.map(begin);
      }),
    renew: async (keys, seen) =>
      inTransaction(database, () => {
        for (const key of keys) renew.run(...momentColumns(seen), key);
      }),
    end: async (keys, seen) =>
      inTransaction(database, () => {
        for (const key of keys) {
          renew.run(...momentColumns(seen), key);
          end.run(key);
        }
      }),
    settle: async (key, outcome) =>
      inTransaction(database, () => {
        update.run(outcome.state, outcome.state === 'sent' ? outcome.dmID : null, key);
        forgetMark(key);
      }),
    open: async (box, account) =>
      selectOpen.all(box, account).map((row) => {
        const submission = tellable(row);
        const attempt = { owner: String(row['owner']), seen: momentIn(row, 'seen_'), isEnded: row['ended'] === 1 };
        return { ...submission, mark: markOf(submission), attempt };
      }),
    proved: async (dmIDs) => new Set(dmIDs.filter((dmID) => selectSent.get(dmID) !== undefined)),
    prove: async (key, dmID, at) =>
      inTransaction(database, () => {
        if (prove.run(dmID, at, key).changes === 0) return false;
        forgetMark(key);
        return true;
      }),
    disprove: async (key, at) =>
      inTransaction(database, () => {
        if (disprove.run(at, key).changes > 0) forgetMark(key);
      }),
    untold: async (box) =>
      selectUntold.all(box).map((row) => ({
        ...tellable(row),
        dmID: optionalText(row['dm_id']),
        settledAt: Number(row['settled_at']),
      })),
    sentOf: async (account, sessionId, mail) =>
      selectSentOf
        .all(account, sessionId, mail)
        .map(({ recipient, dm_id: dmID }) => ({ recipient: String(recipient), dmID: String(dmID) })),
    tell: async (keys, at) =>
      inTransaction(database, () => {
        for (const key of keys) tell.run(at, key);
      }),
    confirm: async (keys) =>
      inTransaction(database, () => {
        for (const key of keys) confirm.run(key);
      }),
  };
}

function tellable(row: Row): Tellable {
  return {
    key: Number(row['id']),
    account: String(row['account']),
    sessionId: String(row['session']),
    mail: optionalText(row['mail']),
    messageId: optionalText(row['message_id']),
    recipient: optionalText(row['recipient']),
    begunAt: Number(row['begun_at']),
    isdsAt: optionalNumber(row['isds_at']),
  };
}

/** What messages of the sent list were found to hold. */
export function sentContents(database: DatabaseSync): SentContents {
  const marks = fileMarks<string>(database, 'sent_file');
  return {
    find: async (dmIDs) => {
      const found = dmIDs.map((dmID) => [dmID, marks.of(dmID)] as const);
      return new Map(found.filter(([, files]) => files.length > 0));
    },
    add: async (dmID, files) => inTransaction(database, () => marks.add(dmID, files)),
  };
}
