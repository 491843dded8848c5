/** What a user reads when something cannot be done: code, enhanced code and the piece of Czech that tells what to do. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { type Account, actsOf, company, type House, office, openHouse } from './house.ts';
import { hasPython, python } from './programs.ts';
import { SEND } from './python.ts';

const MEGABYTE = 1_000_000;

/** Functions that answer the server's reply as one line, good or bad. */
const ASK = `${SEND}
def login_over_pop3():
    box = open_box()
    try: return log_in(box).decode()
    except poplib.error_proto as refusal: return refusal.args[0].decode()
    finally: box.close()

def list_over_pop3():
    box = open_box()
    log_in(box)
    try: return str(uids(box))
    except poplib.error_proto as refusal: return refusal.args[0].decode()
    finally: box.close()

def login_over_smtp():
    with open_post() as post:
        try: return reply(post.login(facts['user'], facts['password']))
        except smtplib.SMTPAuthenticationError as refusal: return reply((refusal.smtp_code, refusal.smtp_error))

def send_to(to, files=[], **changes):
    with open_post() as post:
        post.login(facts['user'], facts['password'])
        mail = letter(to, 'Žádost', 'Dobrý den.\\n', files)
        octets = mail.as_bytes(policy=mail.policy.clone(linesep='\\r\\n'))
        options = ['size=%d' % len(octets)] if changes.get('announced') else []
        answer = post.mail(changes.get('sender', facts['from']), options)
        if answer[0] == 250: answer = post.rcpt(to)
        if answer[0] == 250: answer = post.data(octets)
        return reply(answer)
`;

/** The replies that the expressions come to, a line each. */
async function ask(house: House, account: Account, ...expressions: string[]): Promise<string[]> {
  const code = expressions.map((expression) => `print((${expression}).replace('\\n', ' '))`);
  const facts = { ...house.facts(account), from: house.address(account.box) };
  const finished = await python([ASK, ...code].join('\n'), facts, house.home);
  if (finished.code !== 0) throw new Error(finished.said);
  return finished.said.trimEnd().split('\n');
}

/** What the company is answered when it writes to this address. */
async function sendTo(house: House, address: string, more = ''): Promise<string> {
  const [reply = ''] = await ask(house, company, `send_to('${address}'${more})`);
  return reply;
}

describe.skipIf(!hasPython)('what the user reads (skipped without python3)', () => {
  test('a wrong password: told each time, but only the first of ten tries reaches ISDS', async () => {
    const house = await openHouse();
    const mistaken = { ...company, password: 'Chleba-2025' };
    const tries = [
      ...Array.from({ length: 5 }, () => 'login_over_pop3()'),
      ...Array.from({ length: 5 }, () => 'login_over_smtp()'),
    ];
    const replies = await ask(house, mistaken, ...tries);
    expect(replies).toHaveLength(10);
    for (const reply of replies.slice(0, 5))
      expect(reply).toMatch(/^-ERR \[AUTH\] Nespravne prihlasovaci jmeno nebo heslo/);
    for (const reply of replies.slice(5)) expect(reply).toMatch(/^535 5\.7\.8 Nesprávné přihlašovací jméno nebo heslo/);
    expect(house.sandbox.calls.all()).toHaveLength(1);

    expect(await ask(house, company, 'login_over_pop3()')).toEqual([expect.stringMatching(/^\+OK .*pekarn4/)]);
  });

  test('ISDS in maintenance at the login of somebody new', async () => {
    const house = await openHouse();
    house.sandbox.faults.add({ kind: 'http503', times: 10 });
    const [overPop3, overSmtp] = await ask(house, company, 'login_over_pop3()', 'login_over_smtp()');
    expect(overPop3).toMatch(/^-ERR \[SYS\/TEMP\] ISDS ma odstavku\. Zkuste to pozdeji\./);
    expect(overSmtp).toMatch(/^454 4\.7\.0 ISDS má odstávku\. Zkuste to později\./);
  });

  test('ISDS that does not answer at all', async () => {
    const house = await openHouse();
    await house.sandbox.close();
    const [overPop3, overSmtp] = await ask(house, company, 'login_over_pop3()', 'login_over_smtp()');
    expect(overPop3).toMatch(/^-ERR \[SYS\/TEMP\] ISDS neodpovida\. Zkuste to pozdeji\./);
    expect(overSmtp).toMatch(/^454 4\.7\.0 ISDS neodpovídá\. Zkuste to později\./);
  });

  test('ISDS in maintenance at the list, after which the same user is served again', async () => {
    const house = await openHouse();
    house.sandbox.faults.add({ kind: 'http503', operation: 'GetListOfReceivedMessages' });
    const [refused, served] = await ask(house, company, 'list_over_pop3()', 'list_over_pop3()');
    expect(refused).toMatch(/^-ERR \[SYS\/TEMP\] ISDS ma odstavku\. Zkuste to pozdeji\./);
    expect(served).toMatch(/^\['\d+'(, '\d+'){6}\]$/);
  });

  test('a box that does not exist', async () => {
    const house = await openHouse();
    expect(await sendTo(house, house.address('neznamh'))).toMatch(/^550 5\.1\.1 Datová schránka neznamh neexistuje\./);
  });

  test('a box ID with a typing error, which ISDS need not be asked about', async () => {
    const house = await openHouse();
    expect(await sendTo(house, house.address('urad3k8'))).toMatch(/^550 5\.1\.3 urad3k8@\S+ není ID .*překlep/);
    expect(house.sandbox.calls.count('CheckDataBox')).toBe(0);
  });

  test('the box of a company that was closed', async () => {
    const house = await openHouse();
    expect(await sendTo(house, house.address(demoBoxes.closed))).toMatch(
      /^550 5\.2\.1 Datová schránka zavren6 nepřijímá zprávy: je znepřístupněna/,
    );
  });

  test('a person who has no data box but an ordinary address', async () => {
    const house = await openHouse();
    expect(await sendTo(house, 'jan@seznam.cz')).toMatch(
      /^550 5\.7\.1 Adresa jan@seznam\.cz není datová schránka .* běžný e-mail pošlete z jiného účtu\./,
    );
  });

  test('somebody else’s address as sender', async () => {
    const house = await openHouse();
    expect(await sendTo(house, house.address(office.box), ", sender='jan@seznam.cz'")).toMatch(
      /^550 5\.7\.1 Odesílatel jan@seznam\.cz nepatří k přihlášené datové schránce\. .*pekar1@/,
    );
  });

  test('a file of a kind that ISDS does not take', async () => {
    const house = await openHouse();
    expect(await sendWithFile(house, 'účetnictví.exe', Buffer.from('MZ'))).toMatch(
      /^554 5\.6\.1 Soubor „účetnictví\.exe“: ISDS formát \.exe nepřijímá\. Převeďte ho například do PDF\./,
    );
    expect(actsOf(house).sent).toBe(0);
  });

  /** No large messages. */
  const ordinaryOnly = { POSTOLKA_SENDING_MAX_TOTAL_MEGABYTES: '20' };

  test('more than the operator allows, refused before the transfer when the program announces the size', async () => {
    const house = await openHouse(ordinaryOnly);
    const file = Buffer.alloc(21.5 * MEGABYTE, '%');
    expect(await sendWithFile(house, 'plány.pdf', file, ', announced=True')).toMatch(
      /^552 5\.3\.4 Zpráva je příliš velká, soubory smějí mít dohromady nejvýše 20 MB\. Rozdělte je/,
    );
    expect(actsOf(house).sent).toBe(0);
  });

  test('a little more than the operator allows, refused with its size after the transfer', async () => {
    const house = await openHouse(ordinaryOnly);
    expect(await sendWithFile(house, 'plány.pdf', Buffer.alloc(20.25 * MEGABYTE, '%PDF-1.7\n'))).toMatch(
      /^552 5\.3\.4 Soubor „plány\.pdf“ má 20,3 MB, celá zpráva smí mít nejvýše 20 MB\. Zmenšete ho/,
    );
    expect(actsOf(house).sent).toBe(0);
  });
});

async function sendWithFile(house: House, name: string, content: Buffer, more = ''): Promise<string> {
  await writeFile(join(house.home, name), content);
  return sendTo(house, house.address(office.box), `, files=['${name}']${more}`);
}
