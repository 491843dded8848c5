/** getmail keeps mail on the server and remembers UIDLs. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, filesAtIsds, filesInMails, type House, openHouse, readingOnce } from './house.ts';
import { interruptFirst } from './interruption.ts';
import { hangLetterBox } from './letter-box.ts';
import { has, run, writePrivate } from './programs.ts';

describe.skipIf(!has('getmail'))('getmail (skipped where it is not installed)', () => {
  test('reads a box over TLS, every file as ISDS has it, and nothing twice', async () => {
    const house = await openHouse();
    const once = readingOnce(house, company.box, 2);
    const { poll, mails } = await install(house);

    expect((await poll()).said).toMatch(/ 7 messages .* retrieved, 0 skipped/);
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));

    expect((await poll()).said).toMatch(/ 0 messages .* retrieved, 7 skipped/);
    await house.settle();
    expect(actsOf(house)).toEqual(once);
  });

  test('does not take a message for whole when ISDS breaks off, and gets it with the next poll', async () => {
    const house = await openHouse();
    const dmID = interruptFirst(house);
    const { poll, mails } = await install(house);

    await poll();
    expect(await filesInMails(await mails())).not.toHaveProperty(dmID);
    expect(actsOf(house).marked).not.toContain(dmID);

    await poll();
    expect(await filesInMails(await mails())).toEqual(filesAtIsds(house, company.box));
  });
});

async function install({ home, trust, gateway }: House) {
  const { command, mails } = await hangLetterBox(home);
  const settings = `
[retriever]
type = SimplePOP3SSLRetriever
server = localhost
port = ${gateway.ports.pop3Tls}
username = ${company.user}
password = ${company.password}
ca_certs = ${trust}
timeout = 15
[destination]
type = MDA_external
path = ${command}
# Containers have no other user.
allow_root_commands = true
[options]
read_all = false
delete = false
`;
  await writePrivate(home, 'getmailrc', settings);
  const poll = () => run('getmail', ['--getmaildir', home, '--rcfile', 'getmailrc'], { home });
  return { poll, mails };
}
