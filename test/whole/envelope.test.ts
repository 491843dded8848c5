/** Forms of addresses, X-ISDS headers and who pays, from a mail program to what ISDS has in the end. */
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, demoLogins, demoPopulation, type Population, State } from '../../src/sandbox/index.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const { office, company, builder, poor, closed } = demoBoxes;
const NOT_KNOWN = 'neznamh';

interface Mail {
  readonly login?: string;
  readonly to: string;
  readonly headers?: readonly string[];
  readonly text?: string;
}

function passwordOf(login: string): string {
  return demoLogins.find(({ name }) => name === login)?.password ?? '';
}

async function house(settings: Readonly<Record<string, string>> = {}, population?: Population) {
  const whole = await startWhole({ settings, ...(population === undefined ? {} : { population }) });
  onTestFinished(() => whole.stop());
  const { calls, world } = whole.sandbox;
  return {
    ...whole,
    world,
    created: () => calls.count('CreateMessage') + calls.count('CreateMultipleMessage'),
    send: ({ login = 'pekar1', to, headers = [], text = 'Dobry den.' }: Mail) =>
      sendMail(whole.gateway.ports.smtp, login, passwordOf(login), {
        from: `${login}@${domain}`,
        to: `${to}@${domain}`,
        mail: [...headers, 'Subject: Zadost', '', text].join('\r\n'),
      }),
    /** The reply to RCPT. */
    name: (to: string, login = 'pekar1') =>
      sendMail(whole.gateway.ports.smtp, login, passwordOf(login), {
        from: `${login}@${domain}`,
        to: `${to}@${domain}`,
      }),
    sentTo: (box: string) => world.messagesOf(box, 'recipient').filter(({ annotation }) => annotation === 'Zadost'),
    /** Message-ID of the builder's offer to the company, whose answer is prepaid, delivered as if by login. */
    offer: () => {
      const message = world.messagesOf(company, 'recipient').find(({ type }) => type === 'I');
      if (message === undefined) throw new Error('the demonstration has no initiatory message');
      world.setState(message.dmID, State.deliveredByLogin);
      return { message, reply: `In-Reply-To: <${message.dmID}@${domain}>` };
    },
  };
}

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

test('the headers of a received message that is edited as a new one are no wishes', async () => {
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

test('a reply to an initiatory message is free, and says so; the same reply again is not a paid one', async () => {
  const { send, sentTo, offer, world, created } = await house();
  const { reply } = offer();
  const first = await send({ to: builder, headers: [reply] });
  const [message] = sentTo(builder);
  expect(first).toBe(
    `250 2.0.0 Datová zpráva ${message?.dmID} odeslána jako předplacená odpověď, zdarma (Stavby Šťastný & synové a.s.)\r\n`,
  );
  expect(message).toMatchObject({ type: 'O', recipientRefNumber: 'NAB-77/2026' });
  expect(await send({ to: builder, headers: [reply] })).toContain(`${message?.dmID} už byla odeslána`);
  expect(created()).toBe(1);
  expect(world.box(company).pdzCredit).toBe(5_000);
});

test('another reply, when the prepaid one was used, is refused; the sender may choose to pay', async () => {
  const { send, sentTo, offer, world, created } = await house();
  const { message, reply } = offer();
  message.type = 'Y';
  const refused = await send({ to: builder, headers: [reply] });
  expect(refused.replaceAll('\r\n550-5.7.1', '')).toMatch(
    /^550.5\.7\.1 Předplacená odpověď na tuto zprávu už byla využita nebo vypršela; nic nebylo odesláno ani zaplaceno\. .*novou místo odpovědi/,
  );
  expect(created()).toBe(0);
  expect(await send({ to: builder, headers: [reply, 'X-ISDS-Prepaid-Reply: no'] })).toMatch(/^250 .* odeslána \(/);
  expect(sentTo(builder)).toMatchObject([{ type: 'E', recipientRefNumber: 'NAB-77/2026' }]);
  expect(world.box(company).pdzCredit).toBe(4_000);
});

test.each(['X-ISDS-Prepaid-Reply: no', 'X-ISDS-Type: E'])('%s pays although the reply is prepaid', async (header) => {
  const { send, sentTo, offer, world } = await house();
  await send({ to: builder, headers: [offer().reply, header] });
  expect(sentTo(builder)).toMatchObject([{ type: 'E' }]);
  expect(world.box(company).pdzCredit).toBe(4_000);
});

test('a new message to the same box is paid as always', async () => {
  const { send, sentTo, offer } = await house();
  offer();
  await send({ to: builder });
  expect(sentTo(builder)).toMatchObject([{ type: 'E' }]);
});

test.each([
  ['that ISDS does not know', 'NAB-78/2026', '1234'],
  ['that was not delivered by login', 'NAB-77/2026', '1251'],
])('a prepaid reply to a message %s is refused by ISDS and never becomes a paid one', async (_, number, code) => {
  const { send, sentTo, world } = await house();
  const headers = ['X-ISDS-Type: O', `X-ISDS-Recipient-Ref-Number: ${number}`];
  const reply = (await send({ to: builder, headers })).replaceAll('\r\n550-5.7.1', '');
  expect(reply).toMatch(
    /^550.5\.7\.1 Předplacenou odpověď nelze poslat; nic nebylo odesláno ani zaplaceno\. ISDS uvádí: /,
  );
  expect(reply).toContain(`[ISDS ${code}]`);
  expect(sentTo(builder)).toEqual([]);
  expect(world.box(company).pdzCredit).toBe(5_000);
});

test('a prepaid reply with another reference number than that of its message is refused before ISDS sees it', async () => {
  const { send, offer, created } = await house();
  const reply = await send({ to: builder, headers: [offer().reply, 'X-ISDS-Recipient-Ref-Number: NAB-78/2026'] });
  expect(reply).toMatch(/^554.5\.6\.0 .*musí obsahovat číslo jednací zprávy, na kterou odpovídá/);
  expect(created()).toBe(0);
});

test('who has no credit may send the prepaid reply and nothing else', async () => {
  const { name } = await house();
  expect(await name(builder, 'kamil1')).toMatch(/^550.5\.7\.1 .*nestačí kredit/);

  const letter = { from: builder, to: poor, type: 'I', annotation: 'Nabidka', senderRefNumber: 'NAB-1', files: [] };
  const population = { ...demoPopulation(Date.now()), letters: [{ ...letter, state: State.deliveredByLogin }] };
  const offered = await house({}, population);
  expect(await offered.name(builder, 'kamil1')).toBe(
    '250 2.1.5 Stavby Šťastný & synové a.s., jen předplacená odpověď\r\n',
  );
  expect(await offered.send({ login: 'kamil1', to: builder })).toMatch(/^550.5\.7\.1 .*nestačí kredit/);
  expect(offered.created()).toBe(0);
  const [message] = offered.world.messagesOf(poor, 'recipient');
  const headers = [`In-Reply-To: <${message?.dmID}@${domain}>`];
  expect(await offered.send({ login: 'kamil1', to: builder, headers })).toContain('jako předplacená odpověď, zdarma');
  expect(offered.sentTo(builder)).toMatchObject([{ type: 'O' }]);
});

test('paid messages switched off: refused at RCPT with a remedy, while free ones and prepaid replies go', async () => {
  const { send, name, offer, sentTo } = await house({ POSTOLKA_SENDING_PAID_MESSAGES: 'refuse' });
  expect(await name(company, 'stavby')).toMatch(
    /^550.5\.7\.1 Zpráva do datové schránky pekarn4 by byla placená a správce této brány placené zprávy nepovolil/,
  );
  expect(await name(office)).toMatch(/^250 .*, zdarma/);
  expect(await name(builder)).toMatch(/^250 .*, jen předplacená odpověď/);
  expect(await send({ to: builder })).toMatch(/^550.5\.7\.1 Zpráva do datové schránky stavby2 by byla placená/);
  expect(await send({ to: builder, headers: [offer().reply] })).toMatch(/^250 .*předplacená odpověď/);
  expect(sentTo(builder)).toMatchObject([{ type: 'O' }]);
});

test('an initiatory message: by contract and with a reference number', async () => {
  const { send, sentTo, created } = await house();
  const wish = 'X-ISDS-Type: I';
  expect(await send({ login: 'stavby', to: company, headers: [wish] })).toMatch(
    /^550.5\.7\.1 Zprávu s předplacenou odpovědí/,
  );
  expect(created()).toBe(0);
  const headers = [wish, 'X-ISDS-Sender-Ref-Number: NAB-78/2026'];
  expect(await send({ to: builder, headers })).toContain('[ISDS 1242]');
  expect(await send({ login: 'stavby', to: company, headers })).toMatch(/^250 /);
  expect(sentTo(company)).toMatchObject([{ type: 'I', senderRefNumber: 'NAB-78/2026' }]);
});
