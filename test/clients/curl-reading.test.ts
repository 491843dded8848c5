/** curl reads a data box: a list, then message by message. */
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { actsOf, company, filesAtIsds, filesInMails, type House, openHouse, readingOnce } from './house.ts';
import { interruptFirst } from './interruption.ts';
import { curlSpeaks, run } from './programs.ts';

describe.skipIf(!curlSpeaks('pop3s'))('curl (skipped without curl or its POP3)', () => {
  test.each(['tls', 'starttls'] as const)('reads a box, every file as ISDS has it (%s)', async (mode) => {
    const house = await openHouse();
    const once = readingOnce(house, company.box, 1);
    const { stdout } = await curl(house, mode, '');
    const numbers = stdout
      .toString()
      .trimEnd()
      .split('\r\n')
      .map((line) => Number(line.split(' ')[0]));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7]);

    expect(await curl(house, mode, '[1-7]', '--output', 'zprava#1.eml')).toMatchObject({ code: 0 });
    const mails = await Promise.all(numbers.map((number) => readFile(join(house.home, `zprava${number}.eml`))));
    expect(await filesInMails(mails)).toEqual(filesAtIsds(house, company.box));
    await house.settle();
    expect(actsOf(house)).toEqual(once);
  });

  test('sees the same UIDLs at every poll', async () => {
    const house = await openHouse();
    const first = await curl(house, 'tls', '', '--request', 'UIDL');
    const second = await curl(house, 'tls', '', '--request', 'UIDL');
    expect(first.stdout.toString()).toMatch(/^(\d \d+\r\n){7}$/);
    expect(second.stdout).toEqual(first.stdout);
  });

  test('gets no whole message when ISDS breaks off, and gets it with the next poll', async () => {
    const house = await openHouse();
    // Without a list there is no message yet: curl says so (8: a strange answer) and nothing is delivered.
    expect(await curl(house, 'tls', '1')).toMatchObject({ code: 8 });
    expect(actsOf(house).lists).toBe(0);
    const dmID = interruptFirst(house);
    await curl(house, 'tls', '');
    const { code, stdout } = await curl(house, 'tls', '1');
    // 56: failure in receiving network data. After an orderly close curl would take the half for the whole.
    expect(code).toBe(56);
    expect((await filesInMails([stdout]))[dmID]).not.toEqual(filesAtIsds(house, company.box)[dmID]);
    expect(actsOf(house)).toMatchObject({ downloaded: [dmID], marked: [] });

    // It stands last now, so that it holds up nothing.
    const list = await curl(house, 'tls', '');
    const whole = await curl(house, 'tls', String(list.stdout.toString().trim().split('\n').length));
    expect(whole.code).toBe(0);
    expect((await filesInMails([whole.stdout]))[dmID]).toEqual(filesAtIsds(house, company.box)[dmID]);
    await house.settle();
    expect(actsOf(house)).toMatchObject({ downloaded: [dmID, dmID], marked: [dmID] });
  });
});

function curl({ home, trust, gateway }: House, mode: 'tls' | 'starttls', path: string, ...more: string[]) {
  const { pop3, pop3Tls } = gateway.ports;
  const url = mode === 'tls' ? `pop3s://localhost:${pop3Tls}/${path}` : `pop3://localhost:${pop3}/${path}`;
  const login = ['--cacert', trust, '--user', `${company.user}:${company.password}`];
  return run('curl', ['--silent', '--show-error', '--ssl-reqd', ...login, ...more, url], { home });
}
