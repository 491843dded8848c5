/** Mails whose senders were told that the result comes later. */
import type { DatabaseSync } from 'node:sqlite';
import { optionalText } from './row.ts';
import type { PromisedMail, Promises } from '../submissions.ts';

export function promises(database: DatabaseSync): Promises {
  const insert = database.prepare(
    'INSERT INTO promised (account, content, begun_at, session, message_id, letters) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM promised WHERE id = ?');
  const select = database.prepare('SELECT * FROM promised ORDER BY id');
  return {
    add: async ({ account, content, begunAt, sessionId, messageId, copies }) => {
      const lines = copies.map(({ box, digest }) => `${box} ${digest}`).join('\n');
      return Number(insert.run(account, content, begunAt, sessionId, messageId ?? null, lines).lastInsertRowid);
    },
    kept: async (key) => void remove.run(key),
    open: async () =>
      select.all().map((row) => ({
        key: Number(row['id']),
        account: String(row['account']),
        content: String(row['content']),
        begunAt: Number(row['begun_at']),
        sessionId: String(row['session']),
        messageId: optionalText(row['message_id']),
        copies: String(row['letters']).split('\n').map(copyOf),
      })),
  };
}

function copyOf(line: string): PromisedMail['copies'][number] {
  const [box = '', digest = ''] = line.split(' ');
  return { box, digest };
}
