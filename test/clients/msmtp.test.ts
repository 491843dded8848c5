/** msmtp carries a ready mail. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, type House, office, openHouse } from './house.ts';
import { expectArrived, mailOf, writeLetter } from './letter.ts';
import { has, hasPython, run, writePrivate } from './programs.ts';

describe.skipIf(!has('msmtp') || !hasPython)('msmtp (skipped without msmtp, or python3 at the other end)', () => {
  test.each(['off', 'on'])('sends a letter with two files; STARTTLS is %s', async (startTls) => {
    const house = await openHouse();
    const letter = await writeLetter(house);
    const { code, said } = await msmtp(house, startTls, await mailOf(letter, house));
    expect(code).toBe(0);
    expect(actsOf(house)).toEqual({ lists: 0, downloaded: [], marked: [], sent: 1 });
    await expectArrived(letter, house, said);
  });
});

async function msmtp({ home, trust, gateway, address }: House, startTls: string, mail: Buffer) {
  const settings = `
    account datovka
    host localhost
    port ${startTls === 'on' ? gateway.ports.smtp : gateway.ports.smtpTls}
    tls on
    tls_starttls ${startTls}
    tls_trust_file ${trust}
    auth on
    user ${company.user}
    password ${company.password}
    from ${address(company.box)}
    timeout 15
  `;
  const settingsFile = await writePrivate(home, '.msmtprc', settings);
  // The transcript shows the server's replies.
  return run('msmtp', ['--debug', '--file', settingsFile, '--account', 'datovka', address(office.box)], {
    home,
    input: mail,
  });
}
