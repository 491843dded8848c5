/** The programs of other people that open winmail.dat find the same files in it; each is skipped by name where it is not installed. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytes, letter, part, read, spoolDirectory } from './samples.ts';
import { codePage, file, messageClass, messageProperties, oddities, stream, string8, unicode } from './tnef-writer.ts';

const STREAM = stream(
  codePage(1250),
  messageClass('IPM.Microsoft Mail.Note'),
  messageProperties(...oddities(), unicode(0x0037, 'Smlouva')),
  file('SMLOUV~1.PDF', Buffer.from('%PDF-1.7 smlouva'), ...oddities(), unicode(0x3707, 'Smlouva č. 1.pdf')),
  file('SKEN~1.TIF', randomBytes(300_001), unicode(0x3707, 'sken.tif')),
  file('PLAN~1.DWG', randomBytes(1000), string8(0x3707, Buffer.from('dlouhe jmeno planu.dwg'))),
);

const has = (program: string): boolean => spawnSync(program, ['--help']).error === undefined;

/** Names and contents as latin1, in the order of the names. */
type Files = [string, string][];

async function ours(): Promise<Files> {
  const headers = ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'];
  const draft = await read(letter(part(headers, STREAM.toString('base64').replace(/.{76}/g, '$&\r\n'))));
  const files: Files = [];
  for (const sent of draft.files) files.push([sent.name, (await bytes(sent.open())).toString('latin1')]);
  return files.toSorted(byName);
}

function theirs(program: string, args: (folder: string) => string[]): Files {
  const [folder, source] = [spoolDirectory(), join(spoolDirectory(), 'winmail.dat')];
  writeFileSync(source, STREAM);
  expect(spawnSync(program, [...args(folder), source]).status).toBe(0);
  return readdirSync(folder)
    .map((name): [string, string] => [name, readFileSync(join(folder, name), 'latin1')])
    .toSorted(byName);
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

test.skipIf(!has('tnef'))('tnef finds the same names and contents (skipped without tnef)', async () => {
  expect(theirs('tnef', (folder) => ['-C', folder, '-f'])).toEqual(await ours());
});

const sorted = (files: Files): string[] => files.map(([, content]) => content).toSorted();

test.skipIf(!has('ytnef'))('ytnef finds the same contents (skipped without ytnef)', async () => {
  expect(sorted(theirs('ytnef', (folder) => ['-f', folder]))).toEqual(sorted(await ours()));
});
