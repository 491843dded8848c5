/** mpop keeps mail on the server and remembers UIDLs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
