/** One mail to several boxes: what ISDS gets, what the sender is told, and what a repetition does. */
import { expect, onTestFinished, test } from 'vitest';
import { type BoxRecord, BoxState, demoBoxes, type Population } from '../../src/sandbox/index.ts';
import { openSession, readUidl } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

const MINUTE = 60_000;

/** Of those without arrival, and of all since the sending began. */
const LISTS = ['GetListOfSentMessages', 'GetListOfSentMessages'];
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A box ID with its check character (isds §8.6): only the first and the fifth character differ from `a`. */
function boxId(number: number): string {
  const digits = [number % 32, 0, 0, 0, Math.floor(number / 32), 0];
  const sum = digits[0]! + digits[4]!;
  return [...digits, (32 - (sum % 32)) % 32].map((digit) => ALPHABET[digit]).join('');
}

const offices: readonly BoxRecord[] = Array.from({ length: 51 }, (_, index) => ({
  id: boxId(index + 1),
  type: 'OVM_PO',
  name: `Úřad městyse Lhota ${index + 1}`,
  ico: '00000001',
  address: { street: 'Náves', number: String(index + 1), city: 'Lhota', zip: '39601' },
}));

const population: Population = {
  boxes: [
    ...offices,
    {
      id: demoBoxes.company,
      type: 'PO',
      name: 'Pekařství U Žluťoučkého koně s.r.o.',
      ico: '12345679',
      address: { street: 'Řeznická', number: '7', city: 'Horní Dolík', zip: '39601' },
      pdzCredit: 5_000,
    },
    ...['stavby2', 'tichahb'].map((id): BoxRecord => ({
      id,
      type: 'PO',
      name: `Firma ${id}`,
      ico: '87654325',
      address: { street: 'Zadní', number: '1', city: 'Humpolec', zip: '39601' },
    })),
  ],
  logins: [
    { name: 'pekar1', password: 'Chleba-2026', boxId: demoBoxes.company, givenNames: 'Řehoř', lastName: 'Pekař' },
  ],
  letters: [],
};

async function house() {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ clock, population });
  onTestFinished(() => whole.stop());
  const { world, calls } = whole.sandbox;
  const send = (boxes: readonly string[], subject: string, afterRecipients = () => {}) =>
    sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', {
      from: `pekar1@${domain}`,
      to: boxes.map((box) => `${box}@${domain}`),
      mail: `Subject: ${subject}\r\nMessage-ID: <rozeslano@pocitac>\r\n\r\nDobry den,\r\nposilam podani.`,
      afterRecipients,
    });
  const sent = () => world.messagesOf(demoBoxes.company, 'sender');
  const sending = () =>
    calls
      .all()
      .map(({ operation = '' }) => operation)
      .filter((operation) => /^Create|^GetListOfSent/.test(operation));
  const uids = () => readUidl(whole.gateway.ports.pop3, 'pekar1', 'Chleba-2026');
  const close = (boxes: readonly string[]) => () => {
    for (const box of boxes) world.box(box).state = BoxState.closed;
  };
  return { whole, world, clock, send, sent, sending, uids, close };
}

const fifty = offices.slice(0, 50).map(({ id }) => id);

test('fifty offices get one mail by one call, and the reply names each message', async () => {
  const { send, sent, sending, uids } = await house();
  const reply = await send(fifty, 'Podani');
  expect(reply).toMatch(/^250-2\.0\.0 Počet odeslaných datových zpráv: 50\r\n/);
  const messages = sent();
  expect(messages.map(({ recipient }) => recipient.boxId).toSorted()).toEqual(fifty.toSorted());
  for (const { dmID, recipient } of messages) expect(reply).toContain(`${dmID} odeslána (${recipient.name})`);
  expect(sending()).toEqual(['CreateMultipleMessage']);
  expect(await uids()).toEqual([]);
});

test('fifty recipients with three failing: 47 are sent, one report comes, a repetition sends nothing twice', async () => {
  const { whole, world, send, sent, sending, uids, close } = await house();
  const failing = [fifty[3]!, fifty[20]!, fifty[49]!];
  const first = await send(fifty, 'Podani', close(failing));
  expect(first).toContain(
    `250-2.0.0 Odeslané datové zprávy: 47 z 50. Neodeslané: ${failing.join(', ')}; důvody přijdou jako zpráva do vaší schránky\r\n`,
  );
  expect(sent()).toHaveLength(47);
  expect(sending()).toEqual(['CreateMultipleMessage', ...LISTS]);
  expect(await uids()).toEqual(['report-1']);

  // The recipients are remembered, so that the repetition gets as far as the first mail did.
  const again = await send(fifty, 'Podani');
  expect(again).toContain('250-2.0.0 Odeslané datové zprávy: 47 z 50. ');
  expect(again.match(/už byla odeslána/g)).toHaveLength(47);
  expect(sent()).toHaveLength(47);
  expect(await uids()).toEqual(['report-1']);

  for (const box of failing) world.box(box).state = BoxState.accessible;
  expect(await send(fifty, 'Podani')).toMatch(/^250-2\.0\.0 Počet odeslaných datových zpráv: 50\r\n/);
  expect(
    sent()
      .map(({ recipient }) => recipient.boxId)
      .toSorted(),
  ).toEqual(fifty.toSorted());

  const session = await openSession(whole.gateway.ports.pop3, 'pekar1', 'Chleba-2026');
  const report = (await session.list('RETR 1')).join('\n');
  await session.quit();
  expect(report).toMatch(/^In-Reply-To: <rozeslano@pocitac>$/m);
  expect(report.match(/^Action: failed$/gm)).toHaveLength(3);
  expect(report.match(/^Action: relayed$/gm)).toHaveLength(47);
  expect(report).toContain(`Final-Recipient: rfc822; ${failing[0]}@${domain}\nAction: failed\nStatus: 5.2.1\n`);
  expect(report).not.toContain('Podani');
});

test('the report is read, deleted and then gone like any mail, and reading it tells ISDS nothing', async () => {
  const { whole, send, uids, close } = await house();
  await send(fifty.slice(0, 2), 'Podani', close([fifty[1]!]));
  const session = await openSession(whole.gateway.ports.pop3, 'pekar1', 'Chleba-2026');
  const [size] = await session.list('LIST');
  expect(await session.command('RETR 1')).toBe(`+OK ${size?.split(' ')[1]} octets`);
  expect(await session.bodyOctets()).toBe(Number(size?.split(' ')[1]));
  await session.command('DELE 1');
  await session.quit();
  expect(await uids()).toEqual([]);
  expect(whole.sandbox.calls.count('MarkMessageAsDownloaded')).toBe(0);
});

test('paid messages go one by one, free ones together', async () => {
  const { send, sending, sent } = await house();
  const reply = await send([fifty[0]!, 'stavby2', fifty[1]!, 'tichahb'], 'Podani');
  expect(reply).toMatch(/^250-2\.0\.0 Počet odeslaných datových zpráv: 4\r\n/);
  expect(sending().toSorted()).toEqual(['CreateMessage', 'CreateMessage', 'CreateMultipleMessage']);
  expect(sent()).toHaveLength(4);
});

test('when nobody is reached the mail is refused and nothing is reported', async () => {
  const { send, sent, uids, close } = await house();
  expect(await send(fifty.slice(0, 2), 'Podani', close(fifty.slice(0, 2)))).toMatch(/^550[- ]5\.2\.1 Datová schránka/);
  expect(sent()).toEqual([]);
  expect(await uids()).toEqual([]);
});

test('the answer for fifty is lost: after a minute the repetition finds all of them and sends nothing', async () => {
  const { whole, clock, send, sent, sending } = await house();
  whole.sandbox.faults.add({ operation: 'CreateMultipleMessage', kind: 'lostAnswer' });
  expect(await send(fifty, 'Podani')).toMatch(/^451 4\.3\.0 Není jisté/);
  clock.ahead += 3 * MINUTE;
  const reply = await send(fifty, 'Podani');
  expect(reply.match(/už byla odeslána/g)).toHaveLength(50);
  expect(sent()).toHaveLength(50);
  expect(sending()).toEqual(['CreateMultipleMessage', ...LISTS]);
});

test('a lost answer in the middle of paid messages: the repetition sends only what is missing', async () => {
  const { whole, clock, send, sent, sending } = await house();
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'lostAnswer' });
  const boxes = ['stavby2', 'tichahb'];
  expect(await send(boxes, 'Podani')).toMatch(/^451 4\.3\.0 Není jisté/);
  clock.ahead += 3 * MINUTE;
  expect(await send(boxes, 'Podani')).toMatch(/^250-2\.0\.0 Počet odeslaných datových zpráv: 2\r\n/);
  expect(sent()).toHaveLength(2);
  expect(sending()).toEqual(['CreateMessage', ...LISTS, 'CreateMessage']);
});

test('the 51st recipient is to be sent to by another mail', async () => {
  const { send } = await house();
  expect(
    await send(
      offices.map(({ id }) => id),
      'Podani',
    ),
  ).toMatch(/^452 4\.5\.3 Jeden e-mail smí mít nejvýše 50 adresátů/);
});
