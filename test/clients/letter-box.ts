/** A letter box for programs that hand each mail to a delivery command: a script that writes a file a mail. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder, writePrivate } from './programs.ts';

const SCRIPT = `#!/bin/sh
exec cat > "$(mktemp "$HOME/posta/XXXXXXXX")"
`;

export interface LetterBox {
  /** Path of the command that takes a mail on its standard input. */
  readonly command: string;
  /** Every mail so far, in no particular order. */
  readonly mails: () => Promise<Buffer[]>;
}

export async function hangLetterBox(home: string): Promise<LetterBox> {
  const folder = join(home, 'posta');
  await mkdir(folder);
  const command = await writePrivate(home, 'doruc', SCRIPT);
  await chmod(command, 0o700);
  return {
    command,
    mails: () => readFolder(folder),
  };
}
