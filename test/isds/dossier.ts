/** The folder of schemas and examples that lies beside the repository, where it does. */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/isds/', import.meta.url);

export const HAS_DOSSIER = existsSync(FOLDER);

export function dossierFile(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

export function dossierOctets(path: string): Buffer {
  return readFileSync(new URL(path, FOLDER));
}
