/** What a status code of ISDS means for a caller: one closed set of classes over the one number space of dmStatus and dbStatus (isds §9). */
import { ADMINISTRATION_STATUS_TABLE } from './status-table-administration.ts';
import { STATUS_TABLE } from './status-table.ts';

export const STATUS_CLASSES = [
  'success',
  /** Done, but nothing was found. */
  'success-empty',
  /** Some recipients of several failed. */
  'partial',
  'temporary',
  'repeat-at-once',
  'account-busy',
  /** The message is not delivered yet: the list has to be asked for first (isds §3.2). */
  'list-first',
  /** Gone or withheld for good. */
  'not-obtainable',
  'missing-right',
  'user-error',
  'client-bug',
  'auth',
  /** Ordinary services for a large message, or the other way round (isds §5.1). */
  'other-service',
  'upload-again',
  'end-of-enumeration',
  /** The question makes no sense for this login. */
  'skip',
  /** Belongs to the administration of boxes. */
  'administrative',
] as const;

export type StatusClass = (typeof STATUS_CLASSES)[number];

/** What a status code of ISDS means here. */
export interface StatusMeaning {
  readonly class: StatusClass;
  /** Short and English, for logs; people are told ISDS's own text. */
  readonly meaning: string;
}

/** Classes by which ISDS says that it did what was asked. */
const SUCCESSES: ReadonlySet<StatusClass> = new Set(['success', 'success-empty', 'partial']);

/** By which an unknown code is a success: the caller looks for what it asked for (isds §9). */
const SUCCESS_RANGE = /^00/;

/** Every code that is known, in ascending order. */
export const STATUS_CODES: ReadonlyMap<string, StatusMeaning> = readTables(STATUS_TABLE, ADMINISTRATION_STATUS_TABLE);

/** What is known of a code; an unknown one is a success in the range of successes and temporary elsewhere. */
export function classify(code: string): StatusMeaning {
  const known = STATUS_CODES.get(code);
  if (known !== undefined) return known;
  // A refusal for good that nobody has described may be a passing one.
  return { class: SUCCESS_RANGE.test(code) ? 'success' : 'temporary', meaning: 'unknown code' };
}

/** Whether the call was carried out. */
export function isSuccess(code: string): boolean {
  return SUCCESSES.has(classify(code).class);
}

function readTables(...tables: string[]): ReadonlyMap<string, StatusMeaning> {
  const lines = tables.flatMap((table) => table.trim().split('\n')).toSorted();
  return new Map(lines.map(readLine));
}

function readLine(line: string): [string, StatusMeaning] {
  const [code = '', name = '', ...words] = line.split(' ');
  const known = STATUS_CLASSES.find((candidate) => candidate === name);
  if (known === undefined) throw new Error(`Status table: ${line}`);
  return [code, { class: known, meaning: words.join(' ') }];
}
