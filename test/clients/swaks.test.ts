/** swaks composes a mail from the command line and shows the whole conversation. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { actsOf, company, type House, office, openHouse } from './house.ts';
import { expectArrived, type LetterFile, writeLetter } from './letter.ts';
import { has, hasPython, run, writePrivate } from './programs.ts';

const ready = has('swaks') && hasPython;

/** swaks needs a Perl module for TLS of its own; without it, it can still speak through the connection of another program. */
const knowsTls = String(spawnSync('swaks', ['--support']).stdout).includes('=== TLS supported');

describe.skipIf(!ready || !knowsTls)('swaks (skipped without swaks and its TLS, or python3 at the other end)', () => {
  test.each(['--tls-on-connect', '--tls'])('sends a letter with two files (%s)', async (option) => {
    const house = await openHouse();
    const { smtp, smtpTls } = house.gateway.ports;
    const port = option === '--tls' ? smtp : smtpTls;
    const letter = await writeLetter(house);
    const { code, said } = await swaks(house, letter, option, '--server', 'localhost', '--port', String(port));
    expect(code).toBe(0);
    expect(actsOf(house)).toEqual({ lists: 0, downloaded: [], marked: [], sent: 1 });
    await expectArrived(letter, house, said);
  });

  test('shows all lines of a refusal in Czech, in full', async () => {
    const house = await openHouse();
    const file = (name: string, content: string) => writePrivate(house.home, name, content);
    const files = [
      { name: 'účetnictví.exe', type: 'application/octet-stream', path: await file('a', 'MZ') },
      { name: 'prázdná žádost.pdf', type: 'application/pdf', path: await file('b', '') },
    ];
    const server = ['--tls-on-connect', '--server', 'localhost', '--port', String(house.gateway.ports.smtpTls)];
    const { code, said } = await swaks(house, { subject: 'Žádost', text: 'Dobrý den.', files }, ...server);
    expect(code).not.toBe(0);
    expect(said.replace(/relace [a-z]{8}/, 'relace …')).toContain(
      [
        '<~* 554-5.6.1 Soubor „účetnictví.exe“: ISDS formát .exe nepřijímá. Převeďte ho například do PDF. (relace …, celkem problémů: 2)',
        '<~* 554 5.6.1 Soubor „prázdná žádost.pdf“ je prázdný. Vynechte ho.',
      ].join('\n'),
    );
    expect(actsOf(house).sent).toBe(0);
  });

  test('shows the refusal of a recipient in Czech, in full', async () => {
    const house = await openHouse();
    const letter = { subject: 'Žádost', text: 'Dobrý den.', files: [], to: house.address('neznamh') };
    const server = ['--tls-on-connect', '--server', 'localhost', '--port', String(house.gateway.ports.smtpTls)];
    const { code, said } = await swaks(house, letter, ...server);
    expect(code).not.toBe(0);
    expect(said.replace(/relace [a-z]{8}/, 'relace …')).toContain(
      '<~* 550 5.1.1 Datová schránka neznamh neexistuje. Ověřte ID ve vyhledávání na portálu. [ISDS 5001] (relace …)\n',
    );
  });
});

describe.skipIf(!ready || !has('openssl'))('swaks through openssl (skipped without the two, or python3)', () => {
  test('sends a letter with two files', async () => {
    const house = await openHouse();
    const connection = `openssl s_client -quiet -verify_return_error -CAfile ${house.trust}`;
    const letter = await writeLetter(house);
    const pipe = `${connection} -connect localhost:${house.gateway.ports.smtpTls}`;
    const { code, said } = await swaks(house, letter, '--pipe', pipe);
    expect(code).toBe(0);
    await expectArrived(letter, house, said);
  });
});

interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly files: readonly Omit<LetterFile, 'content'>[];
  /** The office unless given. */
  readonly to?: string;
}

function swaks({ home, trust, address }: House, letter: Mail, ...connection: readonly string[]) {
  const args = [
    connection,
    ['--tls-verify', '--tls-ca-path', trust, '--timeout', '15'],
    ['--auth', 'PLAIN', '--auth-user', company.user, '--auth-password', company.password],
    ['--from', address(company.box), '--to', letter.to ?? address(office.box)],
    ['--header', `Subject: ${letter.subject}`, '--add-header', 'X-Mailer: swaks'],
    ['--attach-type', 'text/plain; charset=utf-8', '--attach-body', letter.text],
    ...letter.files.map(({ name, type, path }) => [
      '--attach-type',
      type,
      '--attach-name',
      name,
      '--attach',
      `@${path}`,
    ]),
  ];
  return run('swaks', args.flat(), { home });
}
