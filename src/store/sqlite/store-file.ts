/** The file of the store: made for its owner alone, found whole or refused in words, and watched for being taken away. */
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long to wait for a process that is just letting go of the file, for instance during a restart. */
const LOCK_TIMEOUT_MS = 2_000;

/** Result codes (https://www.sqlite.org/rescode.html). */
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

const DAMAGED = 'put it aside, restore a copy of the whole dataDirectory, and start again';

/**
 * Opens the file, or makes it; what SQLite puts beside it (its log) has the same mode, 0600, from the first octet. The lock is
 * exclusive. Throws an Error that names the file and what to do.
 */
export function openFile(path: string): DatabaseSync {
  const database = makeFile(path);
  try {
    // A lost write must not come back as a message sent twice: WAL with synchronous=FULL.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const [finding] = database.prepare('PRAGMA quick_check(1)').all();
    const word = String(Object.values(finding ?? {})[0]);
    if (word !== 'ok') throw new Error(`${path} is damaged (${word}): ${DAMAGED}`);
    return database;
  } catch (cause) {
    database.close();
    throw inWords(cause, path);
  }
}

function makeFile(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    return new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  } catch (cause) {
    throw inWords(cause, path);
  }
}

function inWords(cause: unknown, path: string): unknown {
  const code = codeOf(cause);
  switch (code) {
    case BUSY:
      return new Error(`another Poštolka is running on ${path}: stop it, or give this one a dataDirectory of its own`, {
        cause,
      });
    case NOT_A_DATABASE:
      return new Error(`${path} is no store of Poštolka: ${DAMAGED}`, { cause });
    case CORRUPT:
      return new Error(`${path} is damaged: ${DAMAGED}`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Error(`${path} cannot be written (${code}): give dataDirectory to the user who runs the gateway`, {
        cause,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new Error(`${path} cannot be written (${code}): make room on its disk`, { cause });
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
      return new Error(`${path} cannot be made (${code}): dataDirectory must name a folder`, { cause });
    default:
      return cause;
  }
}

/** SQLite's result code, or the system's. */
function codeOf(error: unknown): number | string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Tells why what is written now would be gone after a restart; undefined as long as the file is where it was. */
export function watchFile(path: string): () => string | undefined {
  const opened = statSync(path);
  return () => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.ino === opened.ino && now.dev === opened.dev) return undefined;
    return `${path} was ${now === undefined ? 'removed' : 'replaced'} while the gateway runs: stop it and put the file back`;
  };
}
