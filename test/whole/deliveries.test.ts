/** The record of deliveries: what each call delivered, by ISDS's clock, and what came about in another way. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, demoPopulation, State } from '../../src/sandbox/index.ts';
import { openSession, type Pop3Session, readUidl } from './pop3-session.ts';
import { startWhole, type Whole } from './whole.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-11-18T12:00:00+01:00');

const OWNER = ['pekar1', 'Chleba-2026'] as const;
/** Reads everything but what is do vlastních rukou. */
const CLERK = ['pekar2', 'Rohlik za 3: koruny'] as const;
/** Sees lists only. */
const WATCHER = ['pekar3', 'Vanocka+8'] as const;

interface Scene extends Whole {
  /** ISDS's clock; the gateway's own is ahead by some time. */
  readonly isds: { time: number; now(): number };
}

async function startScene(ahead = 0, settings: Record<string, string> = {}): Promise<Scene> {
  const isds = { time: NOON, now: () => isds.time };
  const population = { ...demoPopulation(NOON), letters: [] };
  const clock = { now: () => isds.time + ahead };
  const whole = await startWhole({ clock, isdsClock: isds, population, settings });
  onTestFinished(() => whole.stop());
  return { ...whole, isds };
}

/** Arrives a second after whatever there was before. */
function letter({ sandbox, isds }: Scene, more: { personalDelivery?: boolean } = {}): string {
  isds.time += 1_000;
  const content = Buffer.from('Žádáme vás o doplnění…');
  const files = [{ name: 'výzva.txt', mimeType: 'text/plain', metaType: 'main', content }] as const;
  const annotation = 'Výzva k doplnění žádosti';
  return sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, annotation, files, ...more }).dmID;
}

function poll({ gateway }: Whole, [name, password]: readonly [string, string] = OWNER): Promise<string[]> {
  return readUidl(gateway.ports.pop3, name, password);
}

/** What the record says, oldest call first. */
async function record({ store }: Whole) {
  const newest = await store.deliveries.newest(undefined, 100);
  return newest.toReversed().map(({ account, outcome, delivered, fiction, elsewhere, unknown }) => ({
    account,
    outcome,
    delivered: delivered.toSorted(),
    ...(fiction.length > 0 && { fiction }),
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(unknown.length > 0 && { unknown }),
  }));
}

function lists({ sandbox }: Whole): (string | undefined)[] {
  return sandbox.calls.of('GetListOfReceivedMessages').map(({ login }) => login);
}

test.each([
  ['right', 0],
  ['two minutes ahead', 2 * MINUTE],
  ['two minutes behind', -2 * MINUTE],
  ['five hours ahead', 5 * HOUR],
  ['two days behind', -2 * DAY],
])('six messages stand with the call that delivered them when the clock is %s', async (_, ahead) => {
  const scene = await startScene(ahead);
  scene.isds.time += HOUR;
  const dmIDs = Array.from({ length: 6 }, () => letter(scene)).toSorted();
  scene.isds.time += 10 * MINUTE;
  await poll(scene);
  expect(await record(scene)).toEqual([{ account: 'pekar1', outcome: 'listed', delivered: dmIDs }]);
  const [call] = await scene.store.deliveries.newest('pekar1', 1);
  expect(Math.abs(call!.at - scene.isds.time)).toBeLessThan(1_000);
});

test('three log-ins that poll within a minute: one delivery stands once, never with a log-in that may not read', async () => {
  const scene = await startScene();
  const dmIDs = Array.from({ length: 6 }, () => letter(scene)).toSorted();
  scene.isds.time += MINUTE;
  await poll(scene, WATCHER);
  scene.isds.time += 20_000;
  await poll(scene, CLERK);
  scene.isds.time += 20_000;
  await poll(scene, OWNER);
  expect(await record(scene)).toEqual([
    { account: 'pekar3', outcome: 'listed', delivered: [] },
    { account: 'pekar2', outcome: 'listed', delivered: dmIDs },
    { account: 'pekar1', outcome: 'listed', delivered: [] },
  ]);
});

test('do vlastních rukou is delivered by the log-in that may read it, whoever lists it first', async () => {
  const scene = await startScene();
  const ordinary = letter(scene);
  const personal = letter(scene, { personalDelivery: true });
  await poll(scene, CLERK);
  scene.isds.time += 20_000;
  await poll(scene, OWNER);
  expect(await record(scene)).toEqual([
    { account: 'pekar2', outcome: 'listed', delivered: [ordinary] },
    { account: 'pekar1', outcome: 'listed', delivered: [personal] },
  ]);
});

test('a log-in that is answered first does not take what an earlier call of another delivered', async () => {
  const scene = await startScene();
  const dmID = letter(scene);
  const answer = Promise.withResolvers<void>();
  scene.sandbox.faults.add({
    kind: 'held',
    until: answer.promise,
    operation: 'GetListOfReceivedMessages',
    login: 'pekar2',
  });
  const early = poll(scene, CLERK);
  await scene.sandbox.calls.arrived('GetListOfReceivedMessages', 1);
  scene.isds.time += 5_000;
  await poll(scene, OWNER);
  answer.resolve();
  await early;
  expect(await record(scene)).toEqual([
    { account: 'pekar2', outcome: 'listed', delivered: [dmID] },
    { account: 'pekar1', outcome: 'listed', delivered: [] },
  ]);
});

test.each([[5_000], [MINUTE], [3 * DAY]])('what the portal delivered %i ms before stands as such', async (before) => {
  const scene = await startScene(2 * MINUTE);
  const dmID = letter(scene);
  scene.isds.time += DAY;
  scene.sandbox.world.setState(dmID, State.deliveredByLogin);
  scene.isds.time += before;
  await poll(scene);
  await poll(scene, CLERK);
  expect(await record(scene)).toEqual([
    { account: 'pekar1', outcome: 'listed', delivered: [], elsewhere: [dmID] },
    { account: 'pekar2', outcome: 'listed', delivered: [] },
  ]);
});

test('what the portal delivered two seconds before the call cannot be told from its effect, and says so', async () => {
  const scene = await startScene();
  await poll(scene);
  const dmID = letter(scene);
  scene.isds.time += MINUTE;
  scene.sandbox.world.setState(dmID, State.deliveredByLogin);
  scene.isds.time += 2_000;
  await poll(scene);
  expect((await record(scene))[1]).toEqual({ account: 'pekar1', outcome: 'listed', delivered: [], unknown: [dmID] });
});

test('what fiction delivered is no effect of the call that finds it, whether or not the log-in may read it', async () => {
  const scene = await startScene();
  const [one, other] = [letter(scene, { personalDelivery: true }), letter(scene)];
  scene.isds.time += 20 * DAY;
  await poll(scene, WATCHER);
  await poll(scene, OWNER);
  expect(await record(scene)).toEqual([
    { account: 'pekar3', outcome: 'listed', delivered: [], fiction: [other, one] },
    { account: 'pekar1', outcome: 'listed', delivered: [] },
  ]);
  const { state, deliveredAt } = scene.sandbox.world.message(one);
  expect([state, new Date(deliveredAt ?? 0).getUTCMilliseconds()]).toEqual([State.deliveredByLogin, 999]);
});

test.each([
  ['whose answer was lost', { kind: 'lostAnswer' }],
  ['whose answer broke off', { kind: 'cutAfter', octets: 40 }],
  ['that ISDS answered with 3009 in the middle', { kind: 'status', code: '3009', executed: true }],
] as const)('a call %s has delivered what the next list finds delivered at its time', async (_, fault) => {
  const scene = await startScene(-HOUR);
  const dmID = letter(scene);
  scene.isds.time += MINUTE;
  scene.sandbox.faults.add({ ...fault, operation: 'GetListOfReceivedMessages', times: 2 });
  expect(await poll(scene)).toEqual([expect.stringMatching(/^-ERR \[SYS\/TEMP\]/)]);
  scene.sandbox.faults.clear();
  scene.isds.time += 10 * MINUTE;
  await poll(scene, CLERK);
  const [first, ...more] = await record(scene);
  expect(first).toEqual({ account: 'pekar1', outcome: 'failed', delivered: [dmID] });
  expect(more.at(-1)).toEqual({ account: 'pekar2', outcome: 'listed', delivered: [] });
  expect(lists(scene)).toHaveLength(1 + more.length);
});

test('a call that ISDS refused has delivered nothing, whatever happened at that time', async () => {
  const scene = await startScene();
  const dmID = letter(scene);
  scene.sandbox.faults.add({ kind: 'http503', operation: 'GetListOfReceivedMessages' });
  await poll(scene);
  scene.sandbox.world.setState(dmID, State.deliveredByLogin);
  scene.isds.time += 10 * MINUTE;
  await poll(scene);
  expect(await record(scene)).toEqual([
    { account: 'pekar1', outcome: 'refused', delivered: [] },
    { account: 'pekar1', outcome: 'listed', delivered: [], elsewhere: [dmID] },
  ]);
});

test('each call that ISDS asks to repeat is on record, with what it delivered', async () => {
  const scene = await startScene();
  const dmID = letter(scene);
  scene.sandbox.faults.add({
    kind: 'status',
    code: '3006',
    executed: true,
    operation: 'GetListOfReceivedMessages',
    times: 2,
  });
  expect(await poll(scene)).toEqual([dmID]);
  expect(lists(scene)).toHaveLength(3);
  const calls = await record(scene);
  expect(calls.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'listed']);
  expect(calls.flatMap(({ delivered }) => delivered)).toEqual([dmID]);
});

test.each(['DELE 1', 'RETR 1', 'TOP 1 0', 'LIST 1', 'UIDL 1'])(
  '%s as the first command delivers nothing: the last known list has to do, for the whole session',
  async (line) => {
    const scene = await startScene();
    const [name, password] = OWNER;
    const stranger = await openSession(scene.gateway.ports.pop3, name, password);
    expect(await stranger.command(line)).toMatch(/^-ERR \[SYS\/TEMP\] Seznam zprav .* LIST/);
    expect(lists(scene)).toEqual([]);
    await stranger.quit();

    const known = letter(scene);
    await poll(scene);
    const waiting = letter(scene);
    const session = await openSession(scene.gateway.ports.pop3, name, password);
    expect(await session.command(line)).toMatch(/^\+OK/);
    if (/^(?:RETR|TOP)/.test(line)) await session.bodyOctets();
    expect(await session.command('STAT')).toMatch(line.startsWith('DELE') ? /^\+OK 0 / : /^\+OK 1 /);
    await session.quit();
    expect(lists(scene)).toHaveLength(1);
    expect(scene.sandbox.world.message(waiting).state).toBe(State.arrived);
    expect(await poll(scene)).toEqual(line.startsWith('DELE') ? [waiting] : [known, waiting]);
  },
);

test.each([
  ['ahead', 5 * HOUR],
  ['behind', -5 * HOUR],
])('a window opens when it is time at ISDS, also with a clock five hours %s', async (_, ahead) => {
  const windows = { POSTOLKA_PICKUP_POLICY: 'windows', POSTOLKA_PICKUP_WINDOWS: 'Mon-Fri 08:00-16:00' };
  const scene = await startScene(ahead, windows);
  const dmID = letter(scene);
  expect(await poll(scene)).toEqual([dmID]);
  scene.isds.time = NOON + 5 * HOUR;
  const late = letter(scene);
  expect(await poll(scene)).toEqual([dmID]);
  scene.isds.time = NOON - 5 * HOUR + DAY;
  expect(await poll(scene)).toEqual([dmID]);
  expect(lists(scene)).toHaveLength(1);
  expect(scene.sandbox.world.message(late).state).toBe(State.arrived);
});

test('STAT, LIST and UIDL pick up once a session, also when that failed', async () => {
  const scene = await startScene();
  const session = await openSession(scene.gateway.ports.pop3, ...OWNER);
  scene.sandbox.faults.add({ kind: 'lostAnswer', operation: 'GetListOfReceivedMessages' });
  for (const line of ['STAT', 'LIST', 'UIDL', 'STAT'])
    expect(await session.command(line)).toMatch(/^-ERR \[SYS\/TEMP\]/);
  await session.quit();
  expect(lists(scene)).toHaveLength(1);
  expect(await poll(scene)).toEqual([]);
  expect(lists(scene)).toHaveLength(2);
});

/** A session whose RETR holds the turn of the account at ISDS until `release` is called. */
async function busyReader(scene: Scene): Promise<{ session: Pop3Session; release: () => void }> {
  letter(scene);
  const session = await openSession(scene.gateway.ports.pop3, ...OWNER);
  await session.command('STAT');
  const { promise, resolve } = Promise.withResolvers<void>();
  scene.sandbox.faults.add({ kind: 'held', until: promise, operation: 'SignedMessageDownload' });
  void session.command('RETR 1');
  await scene.sandbox.calls.arrived('SignedMessageDownload', 1);
  return { session, release: resolve };
}

/** A client that has sent these commands and hears nothing yet. */
async function client({ gateway }: Whole, commands: string, tls = false): Promise<Socket> {
  const { certificate: ca, ports } = gateway;
  const socket = tls ? connectTls({ port: ports.pop3Tls, host: 'localhost', ca }) : connect(ports.pop3, '127.0.0.1');
  socket.write(`USER ${OWNER[0]}\r\nPASS ${OWNER[1]}\r\n${commands}`);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('+OK Datova schranka')) break;
  }
  return socket;
}

test.each([
  ['destroy', 'plain'],
  ['end', 'plain'],
  ['resetAndDestroy', 'plain'],
  ['destroy', 'TLS'],
  ['end', 'TLS'],
] as const)(
  'a list that waits for its turn when the client leaves (%s, %s) is never asked for',
  async (leave, transport) => {
    const scene = await startScene();
    const { session, release } = await busyReader(scene);
    const waiting = letter(scene);
    const leaving = await client(scene, 'STAT\r\n', transport === 'TLS');
    leaving[leave]();
    // Somebody who comes later has been greeted: by then the gateway has seen the other leave.
    await (await openSession(scene.gateway.ports.pop3, ...CLERK)).quit();
    release();
    await session.quit();
    // What queues behind it at ISDS has had its turn, so it has had its own.
    await (await openSession(scene.gateway.ports.pop3, ...OWNER)).command('RETR 1');
    expect(scene.sandbox.calls.count('SignedMessageDownload')).toBe(2);
    expect(lists(scene)).toHaveLength(1);
    expect(scene.sandbox.world.message(waiting).state).toBe(State.arrived);
    expect(await record(scene)).toHaveLength(1);
  },
);

test('a download that waits for its turn when the connection breaks is never asked for', async () => {
  const scene = await startScene();
  const { session, release } = await busyReader(scene);
  const leaving = await client(scene, 'RETR 1\r\n');
  leaving.resetAndDestroy();
  await (await openSession(scene.gateway.ports.pop3, ...CLERK)).quit();
  release();
  await session.quit();
  await (await openSession(scene.gateway.ports.pop3, ...OWNER)).command('RETR 1');
  expect(scene.sandbox.calls.count('SignedMessageDownload')).toBe(2);
});

const PLAIN = Buffer.from(`\0${OWNER.join('\0')}`).toString('base64');

test.each([
  ['POP3', 'destroy', `USER ${OWNER[0]}\r\nPASS ${OWNER[1]}\r\n`],
  ['POP3', 'end', `AUTH PLAIN ${PLAIN}\r\n`],
  ['SMTP', 'destroy', `EHLO pekar.example\r\nAUTH PLAIN ${PLAIN}\r\n`],
  ['SMTP', 'resetAndDestroy', `EHLO pekar.example\r\nAUTH PLAIN ${PLAIN}\r\n`],
] as const)(
  'a log-in over %s that waits for its turn when the client leaves (%s) is never asked of ISDS',
  async (protocol, leave, lines) => {
    const scene = await startScene();
    const { ports } = scene.gateway;
    const { session, release } = await busyReader(scene);
    // What was accepted is believed no longer.
    scene.isds.time += DAY;
    const asked = scene.sandbox.calls.count('GetOwnerInfoFromLogin2');
    const leaving = connect(protocol === 'POP3' ? ports.pop3 : ports.smtp, '127.0.0.1');
    await once(leaving, 'data');
    leaving.write(lines);
    await (await openSession(ports.pop3, ...CLERK)).quit();
    leaving[leave]();
    await (await openSession(ports.pop3, ...CLERK)).quit();
    release();
    await session.bodyOctets();
    // What queues behind it at ISDS has had its turn, so it has had its own.
    await session.command('RETR 1');
    expect(scene.sandbox.calls.count('SignedMessageDownload')).toBe(2);
    // The clerk's.
    expect(scene.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBe(asked + 1);
  },
);

test('a client that has said everything, QUIT too, and closed its side has not left', async () => {
  const scene = await startScene();
  const { session, release } = await busyReader(scene);
  const waiting = letter(scene);
  const said = await client(scene, 'STAT\r\nQUIT\r\n');
  said.end();
  await (await openSession(scene.gateway.ports.pop3, ...CLERK)).quit();
  release();
  expect(await text(said)).toMatch(/^\+OK 2 .*\r\n\+OK Na shledanou\r\n$/);
  await session.quit();
  expect(scene.sandbox.world.message(waiting).state).toBe(State.deliveredByLogin);
});

test('a list that waits for its turn is asked for as long as one of those who want it is there', async () => {
  const scene = await startScene(0, { POSTOLKA_PICKUP_INTERVAL_MINUTES: '5' });
  const leaving = await client(scene, '');
  const staying = await openSession(scene.gateway.ports.pop3, ...OWNER);
  const { session, release } = await busyReader(scene);
  scene.isds.time += 10 * MINUTE;
  const waiting = letter(scene);
  leaving.write('STAT\r\n');
  const uids = staying.list('UIDL');
  leaving.destroy();
  await (await openSession(scene.gateway.ports.pop3, ...CLERK)).quit();
  release();
  expect(await uids).toContain(`2 ${waiting}`);
  await session.quit();
  expect(lists(scene)).toEqual(['pekar1', 'pekar1']);
});

test('a list that was sent runs to its end although the client left, and is on record', async () => {
  const scene = await startScene();
  const dmID = letter(scene);
  const { promise, resolve } = Promise.withResolvers<void>();
  scene.sandbox.faults.add({ kind: 'held', until: promise, operation: 'GetListOfReceivedMessages' });
  const leaving = await client(scene, 'STAT\r\n');
  await scene.sandbox.calls.arrived('GetListOfReceivedMessages', 1);
  leaving.destroy();
  await (await openSession(scene.gateway.ports.pop3, ...CLERK)).quit();
  resolve();
  await expect.poll(() => record(scene)).toEqual([{ account: 'pekar1', outcome: 'listed', delivered: [dmID] }]);
});
