/** The requests, answers and raw HTTP messages of ISDS that stand as fixtures beside its description (docs/isds.md). */
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../fixtures/isds/', import.meta.url);

/** An example as text, by its path below the folder: `dm/CreateMessage.resp.xml`. */
export function exampleText(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

/** An example octet by octet, as raw HTTP messages need it. */
export function exampleOctets(path: string): Buffer {
  return readFileSync(new URL(path, FOLDER));
}
