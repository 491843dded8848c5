/** curl composes a mail by itself: Czech letters stand in its header as bare UTF-8. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, type House, office, openHouse } from './house.ts';
import { expectArrived, type Letter, writeLetter } from './letter.ts';
import { curlSpeaks, hasPython, run, writePrivate } from './programs.ts';

describe.skipIf(!curlSpeaks('smtps') || !hasPython)(
  'curl (skipped without curl or its SMTP, or python3 at the other end)',
  () => {
    test.each(['tls', 'starttls'] as const)('sends a letter with two files (%s)', async (mode) => {
      const house = await openHouse();
      const letter = await writeLetter(house);
      const { code, said } = await curl(house, mode, letter);
      expect(code).toBe(0);
      expect(actsOf(house)).toEqual({ lists: 0, downloaded: [], marked: [], sent: 1 });
      await expectArrived(letter, house, said);
    });

    test('sets the envelope by options of the address and by headers, and shows who the recipient is', async () => {
      const house = await openHouse();
      const letter = await writeLetter(house);
      const { code, said } = await curl(house, 'tls', letter, {
        to: house.address(`${office.box}+vr+kr=Jan_Novak`),
        headers: ['X-ISDS-Sender-Ref-Number: PEK 7/2026 – č. 1', 'X-ISDS-Publish-Own-ID: yes'],
      });
      expect(code).toBe(0);
      expect(said).toContain('< 250 2.1.5 Úřad městské části Horní Dolík, zdarma');
      const [message] = house.sandbox.world.messagesOf(office.box, 'recipient');
      expect(message).toMatchObject({
        personalDelivery: true,
        toHands: 'Jan Novak',
        senderRefNumber: 'PEK 7/2026 – č. 1',
        publishedId: 1,
      });
    });
  },
);

interface Envelope {
  readonly to?: string;
  readonly headers?: readonly string[];
}

async function curl(
  { home, trust, gateway, address }: House,
  mode: 'tls' | 'starttls',
  letter: Letter,
  { to = address(office.box), headers = [] }: Envelope = {},
) {
  const { smtp, smtpTls } = gateway.ports;
  const from = address(company.box);
  const text = await writePrivate(home, 'text', letter.text);
  const args = [
    ['--url', mode === 'tls' ? `smtps://localhost:${smtpTls}` : `smtp://localhost:${smtp}`, '--ssl-reqd'],
    ['--cacert', trust, '--user', `${company.user}:${company.password}`],
    ['--mail-from', from, '--mail-rcpt', to],
    ['--header', `From: Přemysl Kváskový <${from}>`, '--header', `To: ${to}`, '--header', `Subject: ${letter.subject}`],
    headers.flatMap((header) => ['--header', header]),
    ['--form', `=<${text};type=text/plain; charset=utf-8;encoder=quoted-printable`],
    ...letter.files.map(({ path, type }) => ['--form', `file=@"${path}";type=${type};encoder=base64`]),
  ];
  return run('curl', ['--silent', '--show-error', '--verbose', ...args.flat()], { home });
}
