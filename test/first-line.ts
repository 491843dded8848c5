/** How the program is started as a command: what its first line says, which is not read when Node is given the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join(import.meta.dirname, '..', 'dist', 'main.js');

export interface FirstLine {
  readonly variables: Readonly<Record<string, string>>;
  readonly options: readonly string[];
}

export function firstLine(): FirstLine {
  const [line = ''] = readFileSync(BUILT, 'utf8').split('\n', 1);
  const [before = '', options = ''] = line.replace('#!/usr/bin/env -S ', '').split('node ');
  return { variables: Object.fromEntries(words(before).map((word) => word.split('='))), options: words(options) };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
