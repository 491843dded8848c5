/** A signed original that could not be had with its message comes later as a mail of its own. */
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { domain, never, newMailbox, openMaildrop } from './fake-account.ts';
import { box, DAY, HOUR, MINUTE, sealedOf, START, status } from './unsealed-box.ts';

const namesIn = ({ attachments }: { attachments: readonly { filename?: string | undefined }[] }) =>
  attachments.map(({ filename }) => filename);

test.each(['3005', '9500', '9502', '9800'])(
  '%s: the message comes without it and says that it comes; half an hour later it comes, last, beside its message',
  async (code) => {
    const { account, clock, failures, session, uids } = box('1', '2');
    failures.set('1', status(code));
    const first = await (await session()).take('1');
    expect(namesIn(first)).toEqual(['žádost.pdf']);
    expect(first.text).toContain('Originál přijde později jako samostatný e-mail');
    failures.clear();
    clock.time += 30 * MINUTE - 1;
    expect(await uids()).toEqual(['1', '2']);
    clock.time += 1;
    const { uids: due, take } = await session();
    expect(due).toEqual(['1', '2', '1-original']);
    const late = await take('1-original');
    expect(late.attachments.map(({ filename, content }) => [filename, content])).toEqual([['DZ_1.zfo', sealedOf('1')]]);
    expect(late.subject).toBe('Žádost č. 1 (podepsaný originál)');
    expect(late.messageId).toBe(`<1-original@${domain}>`);
    expect([late.inReplyTo, late.references]).toEqual([`<1@${domain}>`, `<1@${domain}>`]);
    expect(late.date).toEqual(first.date);
    expect(late.text).toContain('Datová zpráva: 1\nVěc: Žádost č. 1\n');
    expect(late.text).toContain('Tehdy (20. 11. 2026 11:00:00) se ho nepodařilo získat, proto přichází dodatečně.');
    expect(late.text).toContain('Elektronická pečeť originálu je platná');
    // It stays for programs that keep mail, where its message is, and nobody marks the message again.
    expect(await uids()).toEqual(['1', '1-original', '2']);
    expect(account.calls.filter((call) => !call.startsWith('list'))).toEqual([
      'original 1',
      'download 1',
      'mark 1',
      'original 1',
    ]);
  },
);

test('TOP shows what the mail is without asking for the original', async () => {
  const { account, clock, failures, session } = box('1');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  clock.time += HOUR;
  const { drop, find } = await session();
  const before = account.calls.length;
  const pieces = drop.open(find('1-original'), never).content[Symbol.asyncIterator]();
  const head = [(await pieces.next()).value, (await pieces.next()).value] as Buffer[];
  await pieces.return?.();
  expect((await simpleParser(Buffer.concat(head))).text).toContain('Toto je podepsaný originál');
  expect(account.calls.slice(before)).toEqual([]);
});

test('each try that fails doubles the wait, up to a day; meanwhile nothing of it is listed', async () => {
  const { account, clock, failures, session, uids } = box('1', '2');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  for (const hours of [0.5, 1, 2, 4, 8, 16, 24, 24]) {
    clock.time += hours * HOUR - 1;
    expect(await uids()).toEqual(['1', '2']);
    clock.time += 1;
    const { uids: due, read } = await session();
    expect(due).toEqual(['1', '2', '1-original']);
    await expect(read('1-original')).rejects.toThrow('isds-failure');
  }
  expect(account.calls.filter((call) => call === 'original 1')).toHaveLength(9);
  failures.clear();
  clock.time += DAY;
  expect(namesIn(await (await session()).take('1-original'))).toEqual(['DZ_1.zfo']);
  expect(await uids()).toEqual(['1', '1-original', '2']);
});

test('an outage of the seal is one try for all that wait, not one for each', async () => {
  const ten = Array.from({ length: 10 }, (_, number) => String(number + 1));
  const { account, clock, failures, session, uids } = box(...ten);
  failures.set('*', status('9502'));
  const { take } = await session();
  for (const dmID of ten) await take(dmID);
  clock.time += 30 * MINUTE;
  const before = account.calls.length;
  const { uids: due, read } = await session();
  expect(due).toHaveLength(20);
  await expect(read('1-original')).rejects.toThrow('isds-failure');
  expect(await uids()).toEqual(ten);
  expect(account.calls.slice(before).filter((call) => call.startsWith('original'))).toEqual(['original 1']);
});

test('an outage of the seal is one try for all, too, when a program goes on and asks for each', async () => {
  const { clock, failures, session, uids } = box('1', '2', '3');
  failures.set('*', status('9502'));
  const { take } = await session();
  for (const dmID of ['1', '2', '3']) await take(dmID);
  clock.time += HOUR;
  const { read } = await session();
  for (const uid of ['1-original', '2-original', '3-original']) await expect(read(uid)).rejects.toThrow('isds-failure');
  clock.time += HOUR;
  expect(await uids()).toEqual(['1', '2', '3', '1-original', '2-original', '3-original']);
});

test.each([
  ['without a time stamp', status('3005')],
  ['not whole', new IsdsError({ kind: 'not-intact', problem: 'jiný otisk' })],
])('one that is %s holds up no other', async (_, failure) => {
  const { clock, failures, session, uids } = box('1', '2');
  failures.set('*', status('9502'));
  const { take } = await session();
  for (const dmID of ['1', '2']) await take(dmID);
  failures.clear();
  failures.set('1', failure);
  clock.time += HOUR;
  await expect((await session()).read('1-original')).rejects.toThrow(/^(?:isds-|account-under-way)/);
  expect(await uids()).toEqual(['1', '2', '2-original']);
  await (await session()).take('2-original');
  failures.clear();
  clock.time += HOUR;
  expect(await uids()).toEqual(['1', '2', '2-original', '1-original']);
});

test('a view that fetches the message later has the original inside, and nothing comes after it', async () => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9800'));
  await (await session()).take('1');
  failures.clear();
  expect(namesIn(await (await session('telefon')).take('1'))).toEqual(['žádost.pdf', 'DZ_1.zfo']);
  clock.time += HOUR;
  expect(await uids('telefon')).toEqual(['1']);
  expect(await uids()).toEqual(['1', '1-original']);
});

test('who fetches the message again and has it inside then gets no mail more', async () => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9800'));
  await (await session()).take('1');
  failures.clear();
  await (await session()).take('1');
  clock.time += HOUR;
  expect(await uids()).toEqual(['1']);
});

test('a program that deletes what it has read gets it, too, and once', async () => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9800'));
  const first = await session();
  await first.take('1');
  await first.hide('1');
  failures.clear();
  clock.time += HOUR;
  const second = await session();
  expect(second.uids).toEqual(['1-original']);
  await second.take('1-original');
  await second.hide('1-original');
  clock.time += DAY;
  expect(await uids()).toEqual([]);
});

test('after a week and five tries a mail of its own UIDL says that it will not come', async () => {
  const { account, clock, failures, session, uids } = box('1', '2');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  clock.time += 8 * DAY;
  for (let tries = 0; tries < 5; tries++) {
    expect(await uids()).toEqual(['1', '2', '1-original']);
    await expect((await session()).read('1-original')).rejects.toThrow('isds-failure');
    clock.time += DAY;
  }
  const { uids: listed, take } = await session();
  expect(listed).toEqual(['1', '1-original-nelze', '2']);
  const before = account.calls.length;
  const notice = await take('1-original-nelze');
  expect(notice.text).toContain('ISDS bráně nevydal ani po opakovaných pokusech (od 20. 11. 2026 11:00:00)');
  expect(notice.messageId).toBe(`<1-original-nelze@${domain}>`);
  expect(account.calls.slice(before)).toEqual([]);
  clock.time += 30 * DAY;
  expect(await uids()).toEqual(['1', '1-original-nelze', '2']);
});

test('it ends when ISDS has erased the message, with a word', async () => {
  const { account, clock, failures, session, uids } = box('1', '2');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  account.messages = account.messages.filter(({ dmID }) => dmID !== '1');
  clock.time += 25 * HOUR;
  // One list that lacks it proves nothing yet.
  expect(await uids()).toEqual(['1', '2', '1-original']);
  const { uids: listed, take } = await session();
  expect(listed).toEqual(['1', '1-original-nelze', '2']);
  expect((await take('1-original-nelze')).text).toContain('ISDS zprávu smazal dříve, než ho vydal');
});

test.each(['1210', '1219', '1244'])('%s decides at once, in the mail that was listed', async (code) => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  failures.set('1', status(code));
  clock.time += HOUR;
  expect((await (await session()).take('1-original')).text).toContain(`(Kód ISDS ${code}.)`);
  expect(await uids()).toEqual(['1', '1-original']);
});

test.each(['busy', 'aborted'] as const)('%s is no try', async (kind) => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  failures.set('1', new IsdsError({ kind }));
  clock.time += HOUR;
  await expect((await session()).read('1-original')).rejects.toThrow(/^(?:isds-|account-under-way)/);
  expect(await uids()).toEqual(['1', '1-original']);
});

test('an original that broke a download off comes later as well', async () => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', new IsdsError({ kind: 'not-intact', problem: 'jiný otisk' }));
  await expect((await session()).take('1')).rejects.toThrow('not-intact');
  expect(namesIn(await (await session()).take('1'))).toEqual(['žádost.pdf']);
  failures.clear();
  clock.time += HOUR;
  expect(namesIn(await (await session()).take('1-original'))).toEqual(['DZ_1.zfo']);
  expect(await uids()).toEqual(['1', '1-original']);
});

test.each([-1, 1])('a clock that is set a day off (%i) neither hastens an original nor delays it', async (days) => {
  const { clock, failures, session, uids } = box('1');
  failures.set('1', status('9502'));
  await (await session()).take('1');
  expect(await uids()).toEqual(['1']);
  clock.ahead = days * DAY;
  clock.time += 29 * MINUTE;
  expect(await uids()).toEqual(['1']);
  clock.time += MINUTE;
  expect(await uids()).toEqual(['1', '1-original']);
});

test('after a restart of the computer nobody waits for a moment that a wrong clock put into the future', async () => {
  const { account, store, clock, failures, session } = box('1');
  clock.ahead = 400 * DAY;
  failures.set('1', status('9502'));
  await (await session()).take('1');
  const right = { now: () => START, elapsed: () => 0, origin: 'next start' };
  const later = openMaildrop(newMailbox({ store, clock: right, withOriginal: true }), { account });
  expect((await later.messages(never)).map(({ uid }) => uid)).toEqual(['1', '1-original']);
});
