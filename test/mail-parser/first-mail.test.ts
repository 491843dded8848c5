/** The first mail of a process, while whose beginning the parser is being loaded. One test only: the second mail finds it loaded. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readMail } from '../../src/mail-parser/index.ts';
import { spoolDirectory } from './samples.ts';
import { htmlThreads } from '../support/threads.ts';

test('a source that fails meanwhile fails the reading, and not the process', async () => {
  const source = new Readable({ read: () => undefined });
  const reading = readMail(source, {
    spoolDirectory: spoolDirectory(),
    signal: new AbortController().signal,
    htmlThreads,
    account: 'ab12345',
  });
  source.destroy(new Error('spojení přerušeno'));
  await expect(reading).rejects.toThrow('spojení přerušeno');
});
