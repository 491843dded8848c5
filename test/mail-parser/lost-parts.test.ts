/** A part that arrived and has no place in the tree of the mail is never passed over, whatever the parser does. */
import { expect, test } from 'vitest';
import { mailContents } from '../../src/mail-parser/mail-contents.ts';
import { startReading } from '../../src/mail-parser/reading.ts';
import { receiveParts } from '../../src/mail-parser/received-parts.ts';
import { Spool } from '../../src/spool/spool.ts';
import { letter, multipart, pdf, plain, spoolDirectory, streamOf } from './samples.ts';
import { htmlThreads } from '../support/threads.ts';

test('a file that the tree does not know is refused', async () => {
  const spool = new Spool(spoolDirectory());
  try {
    const reading = startReading(spool, { signal: new AbortController().signal, htmlThreads, account: 'ab12345' });
    const mail = Buffer.from(letter(multipart('mixed', plain('text'), pdf('a.pdf'))));
    const parts = await receiveParts(streamOf([mail]), reading);
    expect((await mailContents(parts, reading)).files).toHaveLength(1);
    const tree = { ...parts.tree, children: parts.tree.children.slice(0, 1) };
    await expect(mailContents({ ...parts, tree }, reading)).rejects.toMatchObject({ reason: 'mail-unreadable' });
  } finally {
    await spool.dispose();
  }
});
