/** fetchmail keeps mail on the server and remembers UIDLs. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, filesAtIsds, filesInMails, type House, openHouse, readingOnce } from './house.ts';
import { interruptFirst } from './interruption.ts';
import { hangLetterBox } from './letter-box.ts';
import { has, run, writePrivate } from './programs.ts';

const GOT_MAIL = 0;
const NO_NEW_MAIL = 1;
const SOCKET_ERROR = 2;

describe.skipIf(!has('fetchmail'))('fetchmail (skipped where it is not installed)', () => {
  test('reads a box over TLS, every file as ISDS has it, and nothing twice', async () => {
    const house = await openHouse();
    const once = readingOnce(house, company.box, 2);
    const { poll, mails } = await install(house, house.gateway.ports.pop3Tls, 'ssl');

    expect(await poll()).toMatchObject({ code: GOT_MAIL });
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));

    expect(await poll()).toMatchObject({ code: NO_NEW_MAIL });
    await house.settle();
    expect(actsOf(house)).toEqual(once);
  });

  test('reads a box after STLS', async () => {
    const house = await openHouse();
    const { poll, mails } = await install(house, house.gateway.ports.pop3, "sslproto 'TLS1.2+'");

    const { said, code } = await poll('--verbose');
    expect(code).toBe(GOT_MAIL);
    expect(said).toContain('POP3> STLS');
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));
  });

  test('does not take a message for whole when ISDS breaks off, and gets it with the next poll', async () => {
    const house = await openHouse();
    const dmID = interruptFirst(house);
    const { poll, mails } = await install(house, house.gateway.ports.pop3Tls, 'ssl');

    expect((await poll()).code).toBe(SOCKET_ERROR);
    // What came was handed on at once, so a part of the mail is delivered; fetchmail knows that it was not the whole.
    expect(await mails()).toHaveLength(1);
    expect(actsOf(house).marked).not.toContain(dmID);

    const [torn] = await mails();
    expect((await poll()).code).toBe(GOT_MAIL);
    const whole = (await mails()).filter((mail) => torn?.equals(mail) !== true);
    expect(await filesInMails(whole)).toEqual(filesAtIsds(house, company.box));
  });
});

async function install({ home, trust }: House, port: number, tls: string) {
  const { command, mails } = await hangLetterBox(home);
  const settings = `
    poll localhost protocol POP3 port ${port} timeout 15
    user "${company.user}" password "${company.password}"
    ${tls} sslcertck sslcertfile "${trust}" keep mda "${command}"
  `;
  const settingsFile = await writePrivate(home, '.fetchmailrc', settings);
  const poll = (...args: string[]) => run('fetchmail', ['-f', settingsFile, ...args], { home });
  return { poll, mails };
}
