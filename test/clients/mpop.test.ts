/** mpop keeps mail on the server and remembers UIDLs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { actsOf, company, filesAtIsds, filesInMails, type House, openHouse, readingOnce } from './house.ts';
import { interruptFirst } from './interruption.ts';
import { has, readFolder, run, writePrivate } from './programs.ts';

describe.skipIf(!has('mpop'))('mpop (skipped where it is not installed)', () => {
  test.each(['off', 'on'])(
    'reads a box, every file as ISDS has it, and nothing twice; STLS is %s',
    async (startTls) => {
      const house = await openHouse();
      const once = readingOnce(house, company.box, 2);
      const { poll, mails } = await install(house, startTls);

      expect(await poll()).toMatchObject({ code: 0 });
      expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));

      expect((await poll()).said).toContain('new: no messages, total: 7 messages');
      await house.settle();
      expect(actsOf(house)).toEqual(once);
    },
  );

  test('does not take a message for whole when ISDS breaks off, and gets it with the next poll', async () => {
    const house = await openHouse();
    const dmID = interruptFirst(house);
    const { poll, mails } = await install(house, 'off');

    expect((await poll()).code).not.toBe(0);
    expect(await filesInMails(await mails())).not.toHaveProperty(dmID);
    expect(actsOf(house).marked).not.toContain(dmID);

    await poll();
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));
  });
});

const HOUR = 60 * 60_000;

describe.skipIf(!has('mpop'))('mpop that keeps mail, when ISDS does not give one message', () => {
  test.each([
    ['a passing page', { kind: 'http', status: 404 }],
    ['a code that nobody has described', { kind: 'status', code: '1999' }],
    ['an inner failure', { kind: 'status', code: '9005' }],
    ['the answer to another question', { kind: 'foreignAnswer' }],
    ['a connection that is cut in the middle', { kind: 'cutAfter', octets: 400 }],
  ] as const)('%s: everything else comes with the next poll, and the message after it', async (_, fault) => {
    const house = await openHouse();
    const { poll, mails } = await install(house, 'off');
    for (const operation of ['SignedMessageDownload', 'MessageDownload'])
      house.sandbox.faults.add({ ...fault, operation });
    expect((await poll()).code).not.toBe(0);
    await poll();
    await poll();
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));
  });

  test('9005 each time: all others come; after six hours a mail stands in, and the message still comes when it can', async () => {
    const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
    const house = await openHouse({}, clock);
    const { dmID } = house.sandbox.world
      .messagesOf(company.box, 'recipient')
      .toSorted((one, other) => (one.dmID < other.dmID ? -1 : 1))[0]!;
    const { poll, mails } = await install(house, 'off');
    for (const operation of ['SignedMessageDownload', 'MessageDownload'])
      house.sandbox.faults.add({ kind: 'status', code: '9005', operation, dmID, times: 1_000 });
    const others = Object.entries(filesAtIsds(house, company.box)).filter(([id]) => id !== dmID);
    const { code } = await poll();
    expect(code).not.toBe(0);
    await poll();
    expect(await filesInMails(await mails())).toEqual(Object.fromEntries(others));
    for (let tries = 0; tries < 5; tries++) {
      clock.ahead += 2 * HOUR;
      await poll();
    }
    expect(Object.keys(await filesInMails(await mails())).toSorted()).toEqual(
      [...others.map(([id]) => id), `${dmID}-nelze`].toSorted(),
    );
    house.sandbox.faults.clear();
    clock.ahead += 24 * HOUR;
    expect((await poll()).code).toBe(0);
    expect(await filesInMails(await mails())).toMatchObject(filesAtIsds(house, company.box));
  });
});

const ORIGINAL = /^DZ_\d+\.zfo$/;

describe.skipIf(!has('mpop'))('mpop that keeps mail, when ISDS does not seal', () => {
  test('messages come without their originals, each original later as a mail of its own; nothing comes twice', async () => {
    const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
    const house = await openHouse({}, clock);
    const isds = filesAtIsds(house, company.box);
    const dmIDs = Object.keys(isds).toSorted();
    const { poll, mails } = await install(house, 'off');
    house.sandbox.faults.add({ kind: 'status', code: '9502', operation: 'SignedMessageDownload', times: 1_000 });
    expect((await poll()).code).toBe(0);
    expect(await filesInMails(await mails())).toEqual(isds);
    expect(await originalsIn(await mails())).toEqual([]);

    // Half an hour later there is one try for all of them; until the next one nothing is listed that cannot be had.
    clock.ahead += HOUR / 2;
    const { calls } = house.sandbox;
    const asked = calls.count('SignedMessageDownload');
    expect((await poll()).code).not.toBe(0);
    expect(calls.count('SignedMessageDownload')).toBe(asked + 1);
    expect((await poll()).code).toBe(0);
    expect(calls.count('SignedMessageDownload')).toBe(asked + 1);

    house.sandbox.faults.clear();
    clock.ahead += HOUR;
    expect((await poll()).code).toBe(0);
    const late = await originalsIn(await mails());
    expect(late).toHaveLength(dmIDs.length);
    expect(Object.fromEntries(late)).toEqual(
      Object.fromEntries(dmIDs.map((dmID) => [`${dmID}-original`, `DZ_${dmID}.zfo`])),
    );
    expect((await poll()).said).toContain(`new: no messages, total: ${2 * dmIDs.length} messages`);
    clock.ahead += 24 * HOUR;
    expect((await poll()).said).toContain('new: no messages');
    expect(await mails()).toHaveLength(2 * dmIDs.length);
    await house.settle();
    expect(new Set(actsOf(house).marked).size).toBe(actsOf(house).marked.length);
    expect(calls.count('MessageDownload')).toBe(dmIDs.length);
  });
});

/** Name of each mail, and of the original in it. */
async function originalsIn(mails: readonly Buffer[]): Promise<[mail: string, original: string][]> {
  const read = await Promise.all(mails.map((mail) => simpleParser(mail)));
  return read.flatMap(({ messageId = '', attachments }) =>
    attachments
      .map(({ filename = '' }) => filename)
      .filter((name) => ORIGINAL.test(name))
      .map((name): [string, string] => [messageId.replace(/^<|@.*/g, ''), name]),
  );
}

async function install({ home, trust, gateway }: House, startTls: string) {
  const maildir = join(home, 'Maildir');
  for (const folder of ['cur', 'new', 'tmp']) await mkdir(join(maildir, folder), { recursive: true });
  const settings = `
    account datovka
    host localhost
    port ${startTls === 'on' ? gateway.ports.pop3 : gateway.ports.pop3Tls}
    tls on
    tls_starttls ${startTls}
    tls_trust_file ${trust}
    user ${company.user}
    password ${company.password}
    keep on
    uidls_file ${join(home, 'uidls')}
    delivery maildir ${maildir}
    timeout 15
  `;
  const settingsFile = await writePrivate(home, '.mpoprc', settings);
  const poll = () => run('mpop', ['--file', settingsFile, 'datovka'], { home });
  return { poll, mails: () => readFolder(join(maildir, 'new')) };
}
