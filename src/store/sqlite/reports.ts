/** Reports of what became of mails whose senders were not told all of it. */
import type { DatabaseSync } from 'node:sqlite';
import { oneOf, optionalNumber, optionalText, type Row } from './row.ts';
import type { Revisions } from './revisions.ts';
import { inTransaction } from './transaction.ts';
import type { FailedSending, NewReport, ReportKind, Reports, SendingReport } from '../reports.ts';

const KINDS: readonly ReportKind[] = ['failures', 'outcome', 'unsettled'];

export function reports(database: DatabaseSync, revisions: Revisions): Reports {
  const selectEarlier = database.prepare('SELECT 1 FROM report WHERE account = ? AND digest = ? AND at >= ?');
  const insert = database.prepare(
    'INSERT INTO report (account, digest, kind, at, session, message_id) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertBox = database.prepare(
    `INSERT INTO reported (report, box, dm_id, reason, isds_code, attempted_at, file_octets)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare(
    'SELECT id, kind, at, session, message_id, octets FROM report WHERE account = ? ORDER BY id',
  );
  const resize = database.prepare('UPDATE report SET octets = ? WHERE account = ? AND id = ?');
  const selectBoxes = database.prepare(
    'SELECT box, dm_id, reason, isds_code, attempted_at, file_octets FROM reported WHERE report = ?',
  );

  function add(account: string, digest: string, report: NewReport): void {
    const { kind, at, sessionId, messageId, sent, failed } = report;
    const key = insert.run(account, digest, kind, at, sessionId, messageId ?? null).lastInsertRowid;
    for (const { box, dmID } of sent) insertBox.run(key, box, dmID, null, null, null, null);
    for (const { box, reason, isdsCode, attempt } of failed) {
      const tried = attempt === undefined ? [null, null] : [attempt.at, attempt.fileOctets.join(' ')];
      insertBox.run(key, box, null, reason, isdsCode ?? null, ...tried);
    }
  }

  function reportOf(row: Row): SendingReport {
    const boxes = selectBoxes.all(Number(row['id']));
    return {
      id: String(row['id']),
      kind: oneOf(KINDS, row['kind']),
      at: Number(row['at']),
      sessionId: String(row['session']),
      messageId: optionalText(row['message_id']),
      octets: optionalNumber(row['octets']),
      sent: boxes
        .filter(({ dm_id: dmID }) => dmID !== null)
        .map(({ box, dm_id: dmID }) => ({ box: String(box), dmID: String(dmID) })),
      failed: boxes
        .filter(({ dm_id: dmID }) => dmID === null)
        .map((failure) => ({
          box: String(failure['box']),
          reason: String(failure['reason']),
          isdsCode: optionalText(failure['isds_code']),
          ...attemptOf(failure),
        })),
    };
  }

  return {
    add: async (account, digest, since, report) => {
      if (selectEarlier.get(account, digest, since) !== undefined) return;
      inTransaction(database, () => add(account, digest, report));
      revisions.changed(account);
    },
    of: async (account) => select.all(account).map(reportOf),
    resize: async (account, id, octets) => {
      resize.run(octets, account, id);
      revisions.changed(account);
    },
  };
}

function attemptOf({ attempted_at: at, file_octets: octets }: Row): Pick<FailedSending, 'attempt'> {
  if (at === null || at === undefined) return {};
  const fileOctets = (optionalText(octets) ?? '').split(' ').filter((size) => size !== '');
  return { attempt: { at: Number(at), fileOctets: fileOctets.map(Number) } };
}
