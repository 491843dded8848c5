/** Marks of files as rows, of attempts and of sent messages alike. */
import type { DatabaseSync } from 'node:sqlite';
import type { FileMark } from '../submissions.ts';

/** Rows of file marks that belong to something. */
export interface FileMarks<Owner> {
  add(owner: Owner, files: readonly FileMark[]): void;
  of(owner: Owner): readonly FileMark[];
  remove(owner: Owner): void;
}

export function fileMarks<Owner extends string | number>(
  database: DatabaseSync,
  table: 'attempt_file' | 'sent_file',
): FileMarks<Owner> {
  const owner = table === 'attempt_file' ? 'submission' : 'dm_id';
  const insert = database.prepare(
    `INSERT OR REPLACE INTO ${table} (${owner}, number, name, octets, sha256) VALUES (?, ?, ?, ?, ?)`,
  );
  const select = database.prepare(`SELECT name, octets, sha256 FROM ${table} WHERE ${owner} = ? ORDER BY number`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE ${owner} = ?`);
  return {
    add: (key, files) => {
      for (const [number, { name, octets, sha256 }] of files.entries()) insert.run(key, number, name, octets, sha256);
    },
    of: (key) =>
      select
        .all(key)
        .map(({ name, octets, sha256 }) => ({ name: String(name), octets: Number(octets), sha256: String(sha256) })),
    remove: (key) => void remove.run(key),
  };
}
