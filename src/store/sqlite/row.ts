/** Columns of a row as the types they were written with. */
import type { SQLOutputValue } from 'node:sqlite';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Undefined for null. */
export function optionalNumber(value: SQLOutputValue | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** Undefined for null. */
export function optionalText(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A column that holds one of a few words; anything else means that the file is not ours. */
export function oneOf<Word extends string>(words: readonly Word[], value: SQLOutputValue | undefined): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new Error(`the store holds an unknown word: ${String(value)}`);
  return word;
}
