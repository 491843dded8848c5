/** Forms of addresses and X-ISDS headers, from a mail program to what ISDS has in the end. */
import { expect, test } from 'vitest';
import { demoBoxes, demoPopulation } from '../../src/sandbox/index.ts';
import { house } from './one-mail.ts';
import { domain } from './whole.ts';

const { office, company, builder, closed } = demoBoxes;
const NOT_KNOWN = 'neznamh';

test.each([
  ['pekar1', office, 'Úřad městské části Horní Dolík, zdarma'],
  ['pekar1', builder, 'Stavby Šťastný & synové a.s., placená, 10 Kč, nad 20 MB 30 Kč'],
  ['stavby', `${company}+vr`, 'Pekařství U Žluťoučkého koně s.r.o., placená, 10 Kč, nad 20 MB 30 Kč'],
  ['urad01', builder, 'Stavby Šťastný & synové a.s., zdarma'],
  ['pekar1', 'ico-87654326', 'Stavby Šťastný & synové a.s., placená, 10 Kč, nad 20 MB 30 Kč'],
])('%s names %s and hears: %s', async (login, to, said) => {
  const { name } = await house();
  expect(await name(to, login)).toBe(`250 2.1.5 ${said}\r\n`);
});

test.each([
  [NOT_KNOWN, /^550 5\.1\.1 Datová schránka neznamh neexistuje/],
  [closed, /^550.5\.2\.1 Datová schránka zavren6 nepřijímá zprávy/],
  [`${office}+rychle`, /^550 5\.1\.3 .*„\+rychle“ do adresy nepatří\. .*: \+vr, \+kr=Jan_Novak\./],
  [`${office}+kr=${'x'.repeat(31)}`, /^550 5\.1\.3 .*nejvýše 30 znaků/],
  ['ico-00654321', /^550 5\.1\.3 .*poslední je kontrolní/],
  ['ico-27082440', /^550 5\.1\.1 K IČO 27082440 vyhledávání ISDS žádnou datovou schránku nenašlo/],
  ['ico-11223341', /^550.5\.2\.1 Datová schránka zavren6 nepřijímá zprávy/],
  ['ico-12345679', /^550 5\.7\.1 Do vlastní datové schránky pekarn4 nelze posílat/],
])('the recipient %s is refused', async (to, reply) => {
  const { name } = await house();
  expect(await name(to)).toMatch(reply);
});

test('an organisation with two boxes: the reply tells which there are', async () => {
  const population = demoPopulation(Date.now());
  const office2 = { ...population.boxes.find(({ id }) => id === office)!, id: 'aydaadk', name: 'Městská policie' };
  const { name } = await house({}, { ...population, boxes: [...population.boxes, office2] });
  expect((await name('ico-00654329')).replaceAll('\r\n550-5.1.4', '')).toContain(
    'více datových schránek. Napište do jedné z nich: urad3k7 (Úřad městské části Horní Dolík), aydaadk (Městská policie).',
  );
});

test('a price that takes ISDS too long is left out, and the recipient is not refused for it', async () => {
  const { name, sandbox } = await house();
  sandbox.faults.add({ kind: 'hang', operation: 'PDZInfo' });
  expect(await name(builder)).toBe('250 2.1.5 Stavby Šťastný & synové a.s., placená\r\n');
});

test('a mistyped box that is tried three times is looked up once', async () => {
  const { name, sandbox } = await house();
  for (const _ of [1, 2, 3]) expect(await name(NOT_KNOWN)).toMatch(/^550 5\.1\.1 /);
  expect(sandbox.calls.count('CheckDataBox')).toBe(1);
});

test('+vr and +kr arrive as personal delivery and k rukám', async () => {
  const { send, sentTo } = await house();
  expect(await send({ to: `${office.toUpperCase()}+vr+kr=Jan_Novak` })).toMatch(/^250 /);
  expect(sentTo(office)).toMatchObject([{ personalDelivery: true, toHands: 'Jan Novak' }]);
});

test('a message to an IČO arrives in the box of the organisation', async () => {
  const { send, sentTo } = await house();
  expect(await send({ to: 'ico-00654329+kr=Podatelna' })).toMatch(/^250 .*Úřad městské části Horní Dolík/);
  expect(sentTo(office)).toMatchObject([{ personalDelivery: false, toHands: 'Podatelna' }]);
});

test('every header arrives in its field', async () => {
  const { send, sentTo } = await house();
  const headers = [
    'X-ISDS-To-Hands: =?UTF-8?Q?Jan_Nov=C3=A1k?=',
    'X-ISDS-Personal-Delivery: yes',
    'X-ISDS-Sender-Ref-Number: PEK 7/2026',
    'X-ISDS-Sender-Ident: SZ 9',
    'X-ISDS-Recipient-Ref-Number: MCHD/0411/2026',
    'X-ISDS-Recipient-Ident: SZ-MCHD 1',
    'X-ISDS-Legal-Title-Law: 500',
    'X-ISDS-Legal-Title-Year: 2004',
    'X-ISDS-Legal-Title-Sect: 37',
    'X-ISDS-Legal-Title-Par: 1',
    'X-ISDS-Legal-Title-Point: b',
    'X-ISDS-Allow-Subst-Delivery: no',
    'X-ISDS-Publish-Own-ID: 3',
  ];
  expect(await send({ to: office, headers })).toMatch(/^250 /);
  expect(sentTo(office)).toMatchObject([
    {
      toHands: 'Jan Novák',
      personalDelivery: true,
      senderRefNumber: 'PEK 7/2026',
      senderIdent: 'SZ 9',
      recipientRefNumber: 'MCHD/0411/2026',
      recipientIdent: 'SZ-MCHD 1',
      legalTitle: { law: 500, year: 2004, section: '37', paragraph: '1', point: 'b' },
      allowSubstDelivery: false,
      publishedId: 3,
      type: undefined,
    },
  ]);
});

test('a header goes before what a reply brings with it, and the rest of the reply stays', async () => {
  const { send, sentTo, world } = await house();
  const original = world
    .messagesOf(company, 'recipient')
    .find(({ senderRefNumber }) => senderRefNumber === 'MCHD/0411/2026');
  const headers = [`In-Reply-To: <${original?.dmID}@${domain}>`, 'X-ISDS-Recipient-Ident: SZ 5'];
  await send({ to: office, headers });
  expect(sentTo(office)).toMatchObject([{ recipientRefNumber: 'MCHD/0411/2026', recipientIdent: 'SZ 5' }]);
});

test('everything that is wrong with headers, address and files is told at once, and nothing is sent', async () => {
  const { send, created } = await house();
  const headers = [
    'X-ISDS-Personal-Delivery: no',
    'X-ISDS-To-Hands: Petr',
    'X-ISDS-Legal-Title-Law: 500/2004',
    `X-ISDS-Sender-Ident: ${'x'.repeat(51)}`,
    'X-ISDS-Personal-Delivry: yes',
  ];
  const reply = await send({ to: `${office}+vr+kr=Jan_Novak`, headers, text: '' });
  expect(reply).toMatch(/^554-5\.6\.0 .*celkem problémů: 6/);
  expect(reply).toContain('Hlavička X-ISDS-Personal-Delivery říká něco jiného než +vr.');
  expect(reply).toContain('Hlavička X-ISDS-To-Hands říká něco jiného než +kr=Jan_Novak.');
  expect(reply).toContain('Hlavička X-ISDS-Legal-Title-Law není celé číslo o nejvýše 5 číslicích.');
  expect(reply).toContain('Hlavička X-ISDS-Sender-Ident má 51 znaků, dovoleno je nejvýše 50.');
  expect(reply).toContain('Hlavička x-isds-personal-delivry není známa.');
  expect(reply).toContain('Zpráva nemá text ani přílohu.');
  expect(created()).toBe(0);
});

test('the headers of a received message that is edited as a new one do not count', async () => {
  const { send, sentTo } = await house();
  const headers = [
    'X-ISDS-Message-ID: 1490000010',
    'X-ISDS-Personal-Delivery: yes',
    'X-ISDS-Type: I',
    'X-ISDS-Arrived: x',
  ];
  expect(await send({ to: office, headers })).toMatch(/^250 /);
  expect(sentTo(office)).toMatchObject([{ personalDelivery: false, type: undefined }]);
});

test('the same mail to the same box, once plain and once for personal delivery, are two messages; repeated they stay two', async () => {
  const { send, sentTo } = await house();
  const wish = ['X-ISDS-Personal-Delivery: yes'];
  for (const _ of ['first', 'again']) {
    await send({ to: office });
    await send({ to: office, headers: wish });
    await send({ to: `${office}+kr=Novak` });
  }
  expect(sentTo(office).map(({ personalDelivery, toHands }) => [personalDelivery, toHands])).toEqual(
    expect.arrayContaining([
      [false, undefined],
      [true, undefined],
      [false, 'Novak'],
    ]),
  );
  expect(sentTo(office)).toHaveLength(3);
});
