/** What a sent message held, by digests, as the sandbox gives it. */
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { Secret, systemClock } from '../../src/core/index.ts';
import { createIsds, type IsdsAccount, rewritten } from '../../src/isds/index.ts';
import { demoBoxes, demoLogins, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { accountAt, answers } from './fake-isds.ts';

const MINUTE_MS = 60_000;

async function house(): Promise<{ sandbox: Sandbox; account: IsdsAccount; clock: { time: number } }> {
  const clock = { time: Date.now(), now: () => clock.time };
  const sandbox = await startSandbox({ clock });
  onTestFinished(() => sandbox.close());
  const isds = createIsds(
    {
      domain: 'x',
      baseUrls: { ws1: sandbox.url, ws2: sandbox.url },
      ca: undefined,
      userAgent: 'T',
    },
    { clock: systemClock },
  );
  onTestFinished(() => isds.close());
  const login = demoLogins.find(({ boxId }) => boxId === demoBoxes.company);
  const password = new Secret(login?.password ?? '');
  return { sandbox, clock, account: isds.account({ kind: 'password', login: login?.name ?? '', password }) };
}

const CONTENTS = [Buffer.from('Příliš žluťoučký kůň'), Buffer.alloc(300_001, 'ď')];
const files = CONTENTS.map((content, index) => ({
  name: `příloha č. ${index}.txt`,
  mimeType: 'text/plain',
  metaType: index === 0 ? ('main' as const) : ('enclosure' as const),
  content,
}));
const letter = { from: demoBoxes.company, to: demoBoxes.office, annotation: 'Žádost', files };
const expected = files.map(({ name, content }) => ({
  name,
  size: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
}));

test.each([{ lineBreaks: false }, { lineBreaks: true }])('the files of an ordinary message (%o)', async (form) => {
  const { sandbox, account } = await house();
  const { dmID } = sandbox.world.deliver({ ...letter, ...form });
  expect(await account.sentFiles(dmID, { vodz: false })).toEqual(expected);
  expect(sandbox.calls.all().map(({ operation }) => operation)).toEqual(['SignedSentMessageDownload']);
});

test('the files of a large message, from the service for large ones', async () => {
  const { sandbox, account } = await house();
  const { dmID } = sandbox.world.deliver({ ...letter, vodz: true });
  await expect(account.sentFiles(dmID, { vodz: false })).rejects.toMatchObject({ code: '1281' });
  expect(await account.sentFiles(dmID, { vodz: true })).toEqual(expected);
});

test('a message without time stamp is known all the same; the third try within twenty minutes is refused', async () => {
  const { sandbox, account, clock } = await house();
  const { dmID } = sandbox.world.deliver(letter);
  sandbox.world.timeStamps.failing = true;
  for (const vodz of [false, false]) expect(await account.sentFiles(dmID, { vodz })).toEqual(expected);
  await expect(account.sentFiles(dmID, { vodz: false })).rejects.toMatchObject({ code: '3005' });
  clock.time += 20 * MINUTE_MS;
  expect(await account.sentFiles(dmID, { vodz: false })).toEqual(expected);
});

test.each([1, 2, 3])('a message in state %i cannot be had yet', async (state) => {
  const { sandbox, account } = await house();
  const message = sandbox.world.deliver(letter);
  message.state = state;
  await expect(account.sentFiles(message.dmID, { vodz: false })).rejects.toMatchObject({ code: '1229' });
});

test("another box's message, an unknown one, and a login without the right to send", async () => {
  const { sandbox, account } = await house();
  const { dmID } = sandbox.world.deliver({ ...letter, from: demoBoxes.office, to: demoBoxes.company });
  await expect(account.sentFiles(dmID, { vodz: false })).rejects.toMatchObject({ code: '1211' });
  await expect(account.sentFiles('1', { vodz: false })).rejects.toMatchObject({ code: '1219' });
  const login = demoLogins.find(({ boxId }) => boxId === demoBoxes.company);
  const own = sandbox.world.deliver(letter);
  const known = sandbox.world.login(login?.name ?? '');
  sandbox.world.logins.set(known.name, { ...known, permissions: known.permissions & ~4 });
  await expect(account.sentFiles(own.dmID, { vodz: false })).rejects.toMatchObject({ code: '1206' });
});

test('what is not signed is not believed', async () => {
  const { account } = await accountAt(answers('SignedSentMessageDownload', '<q:dmSignature>AAAA</q:dmSignature>'));
  await expect(account.sentFiles('1', { vodz: false })).rejects.toMatchObject({ kind: 'not-intact' });
});

test('names are compared as ISDS rewrites them', () => {
  expect(rewritten('Příloha\u00a0č.\u202f1\u200b\u00ad.pdf')).toBe('Příloha č. 1.pdf');
  // Decomposed letters, as a Mac writes them.
  expect(rewritten('Příloha.pdf'.normalize('NFD'))).toBe('Příloha.pdf');
  expect(rewritten('Žádost  😀 o výpis')).toBe(rewritten('Žádost o výpis'));
});
