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
