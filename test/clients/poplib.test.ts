/** Python's poplib fetches everything at every poll; what it sees is the same each time. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, filesAtIsds, filesInMails, openHouse, readingOnce } from './house.ts';
import { interruptFirst } from './interruption.ts';
import { hasPython } from './programs.ts';
import { readBox } from './reading.ts';

describe.skipIf(!hasPython)("Python's poplib (skipped without python3)", () => {
  test.each(['tls', 'starttls'] as const)('reads a box, every file as ISDS has it (%s)', async (mode) => {
    const house = await openHouse();
    const mails = await readBox(house, company, mode);
    expect(await filesInMails([...mails.values()])).toEqual(filesAtIsds(house, company.box));
  });

  test('sees the same UIDLs, sizes and files at every poll, and each message is marked as read once', async () => {
    const house = await openHouse();
    const once = readingOnce(house, company.box, 2);
    const first = await readBox(house, company);
    const second = await readBox(house, company);
    expect([...second.keys()]).toEqual([...first.keys()]);
    // Each download of a signed original is sealed anew (isds §5.3), so its octets differ.
    expect([...second.values()].map(({ length }) => length)).toEqual([...first.values()].map(({ length }) => length));
    expect(await filesInMails([...second.values()])).toEqual(await filesInMails([...first.values()]));
    await house.settle();
    const { lists, marked } = actsOf(house);
    expect({ lists, marked }).toEqual({ lists: once.lists, marked: once.marked });
  });

  test.each(['tls', 'starttls'] as const)(
    'gets an error when ISDS breaks off, and nothing is marked (%s)',
    async (mode) => {
      const house = await openHouse();
      const dmID = interruptFirst(house);
      await expect(readBox(house, company, mode)).rejects.toThrow('poplib.error_proto: -ERR EOF');
      await house.settle();
      expect(actsOf(house)).toMatchObject({ downloaded: [dmID], marked: [] });
    },
  );

  test('gets a message that broke off with the next poll', async () => {
    const house = await openHouse();
    const dmID = interruptFirst(house);
    await expect(readBox(house, company)).rejects.toThrow('poplib.error_proto');
    const mails = await readBox(house, company);
    expect(await filesInMails([...mails.values()])).toEqual(filesAtIsds(house, company.box));
    await house.settle();
    expect(actsOf(house).marked.filter((marked) => marked === dmID)).toHaveLength(1);
  });
});
