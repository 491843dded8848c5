import { expect, test } from 'vitest';
import { readDirectory } from '../../src/attachments/zip/directory.ts';
import { zip } from './zip-maker.ts';

const ENTRIES = 150_000;

test('attack: an archive with a directory of seven megabytes stops nobody else', async () => {
  const one = zip([{ name: 'a', data: 'x' }]);
  const start = one.indexOf('PK\u0001\u0002');
  const end = one.indexOf('PK\u0005\u0006');
  const entry = one.subarray(start, end);
  const last = Buffer.from(one.subarray(end));
  last.writeUInt32LE(entry.length * ENTRIES, 12);
  const archive = Buffer.concat([one.subarray(0, start), ...Array.from({ length: ENTRIES }, () => entry), last]);
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  const { entries } = await readDirectory({
    size: archive.length,
    read: async (position, length) => archive.subarray(position, position + length),
  });
  clearInterval(counting);
  expect(entries).toHaveLength(ENTRIES);
  expect(turns).toBeGreaterThan(2);
});
