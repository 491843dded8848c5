/** Attacks on the throttle before ISDS, and what it must bear: strangers fail four times an hour at most, all together five, and owners get in. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { MINUTE, newGateway } from './fake-isds.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST = 5;

type Gateway = ReturnType<typeof newGateway>;

interface Owner {
  readonly name: string;
  readonly password: string;
  readonly network: string;
}

/** Owners who have logged in once, each from home. */
async function withOwners(count: number): Promise<Gateway & { owners: Owner[] }> {
  const gateway = newGateway();
  const owners = Array.from({ length: count }, (_, index) => ({
    name: `majitel${index}`,
    password: `Heslo-${index}`,
    network: `192.0.2.${index}`,
  }));
  for (const { name, password, network } of owners) {
    gateway.isds.passwords.set(name, password);
    await gateway.logIn(name, password, network);
  }
  return { ...gateway, owners };
}

async function isIn(login: Promise<unknown>): Promise<boolean> {
  return login.then(
    () => true,
    () => false,
  );
}

/** Passwords are changed on the portal; answers the owners with the new ones. */
function change({ isds }: Gateway, owners: readonly Owner[]): Owner[] {
  return owners.map((owner) => {
    const password = `Nove-${owner.password}`;
    isds.passwords.set(owner.name, password);
    return { ...owner, password };
  });
}

async function expectIn({ logIn }: Gateway, owners: readonly Owner[]): Promise<void> {
  for (const { name, password, network } of owners) {
    const { isds, account } = await logIn(name, password, network);
    expect(account).toBe(name);
    await isds.checkBox('aydaadk');
  }
}

/** Strangers with logins and networks of their own. */
function strangers({ logIn }: Gateway, from: number, count: number): Promise<unknown> {
  const tries = Array.from({ length: count }, (_, index) =>
    logIn(`cizinec${from + index}`, 'heslo', `10.0.${from + index}.1`),
  );
  return Promise.allSettled(tries);
}

test.each([0, 11 * MINUTE])(
  'eight owners change their passwords, their programs go on with the old ones %d ms later: all get in with the new ones',
  async (later) => {
    const gateway = await withOwners(8);
    const { isds, clock, logIn, owners } = gateway;
    const sessions = await Promise.all(owners.map(({ name, password, network }) => logIn(name, password, network)));
    const changed = change(gateway, owners);
    clock.time += later;
    await Promise.allSettled(sessions.map((session) => session.isds.checkBox('aydaadk')));
    for (let poll = 0; poll < 5; poll++) {
      clock.time += MINUTE;
      await Promise.allSettled(owners.map(({ name, password, network }) => logIn(name, password, network)));
      await Promise.allSettled(sessions.map((session) => session.isds.checkBox('aydaadk')));
    }
    expect(isds.failures.length).toBeLessThan(MOST);
    await expectIn(gateway, changed);
    expect(isds.failures.length).toBeLessThan(MOST);
  },
);

test('owners whose old passwords were asked twice before the others failed get in with the new ones, too', async () => {
  const gateway = await withOwners(8);
  const { isds, clock, logIn, owners } = gateway;
  const changed = change(gateway, owners);
  clock.time = 11 * MINUTE;
  for (const { name, password, network } of [...owners.slice(0, 1), ...owners]) {
    await isIn(logIn(name, password, network));
    clock.time += 16_000;
  }
  expect(isds.failures.filter((name) => name === owners[0]!.name)).toHaveLength(2);
  expect(isds.failures.length).toBeLessThan(MOST);
  await expectIn(gateway, changed);
});

test('while many passwords were changed at once, one that still holds logs in, and is asked of ISDS again an hour later', async () => {
  const gateway = await withOwners(8);
  const { isds, clock, logIn, owners } = gateway;
  const honest = owners.at(-1)!;
  change(gateway, owners.slice(0, 7));
  clock.time = 11 * MINUTE;
  await Promise.allSettled(owners.slice(0, 7).map(({ name, password, network }) => logIn(name, password, network)));
  const failed = isds.failures.length;
  const { isds: access } = await logIn(honest.name, honest.password, honest.network);
  await expect(access.checkBox('aydaadk')).rejects.toThrow('logins-paused');
  clock.time += HOUR;
  await expectIn(gateway, [honest]);
  expect(isds.failures).toHaveLength(failed);
});

/** Programs ask with passwords that were good long ago, and ISDS says nothing; answers what lets it speak again. */
async function askInSilence(gateway: Gateway, owners: readonly Owner[]): Promise<() => Promise<void>> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const silence = Promise.withResolvers<void>();
  gateway.isds.gate = silence.promise;
  gateway.clock.time += 11 * MINUTE;
  const asked = owners.map(({ name, password, network }) => isIn(gateway.logIn(name, password, network)));
  for (let second = 0; second < 20; second++) await vi.advanceTimersByTimeAsync(1_000);
  gateway.clock.time += 20_000;
  return async () => {
    silence.resolve();
    await Promise.all(asked);
    gateway.clock.time += 1_000;
  };
}

test('eight passwords were changed and ISDS answers after twenty seconds: no more fail than if it answered at once', async () => {
  const gateway = await withOwners(8);
  const { isds, owners } = gateway;
  const changed = change(gateway, owners);
  const speak = await askInSilence(gateway, owners);
  await speak();
  expect(isds.failures.length).toBeLessThan(MOST);
  await expectIn(gateway, changed);
});

test('the process is killed while ISDS is silent: the owners get in when it answers again', async () => {
  const gateway = await withOwners(8);
  await askInSilence(gateway, gateway.owners);
  gateway.restart();
  gateway.isds.gate = Promise.resolve();
  await expectIn(gateway, gateway.owners);
  expect(gateway.isds.failures).toEqual([]);
});

test('parallel calls with one stale password fail once', async () => {
  const gateway = await withOwners(1);
  const { isds, logIn, owners } = gateway;
  const [{ name, password, network }] = owners as [Owner];
  const session = await logIn(name, password, network);
  change(gateway, owners);
  await Promise.allSettled(Array.from({ length: 10 }, () => session.isds.checkBox('aydaadk')));
  await Promise.allSettled(Array.from({ length: 10 }, () => logIn(name, password, network)));
  expect(isds.failures).toHaveLength(1);
});

/** Changes the password on the portal, uses the old one, guesses: whatever makes failures with a box of one's own. */
async function attackWithBox(gateway: Gateway, attacker: Owner): Promise<void> {
  const { isds, clock, logIn } = gateway;
  let { password } = attacker;
  const { name, network } = attacker;
  for (let turn = 0; turn < 6; turn++) {
    await isIn(logIn(name, password, network));
    const session = await logIn(name, password, network).catch(() => undefined);
    isds.passwords.set(name, `Tajne-${turn}`);
    await session?.isds.checkBox('aydaadk').catch(() => undefined);
    clock.time += 16_000;
    await isIn(logIn(name, password, network));
    await isIn(logIn(name, `hadam-${turn}`, network));
    password = `Tajne-${turn}`;
  }
}

test.each([
  ['an attacker with one box', 1, 3],
  ['an attacker with two boxes', 2, 4],
])('%s leaves the owners their share', async (_, boxes, most) => {
  for (const restarted of [false, true]) {
    const gateway = await withOwners(6);
    const { isds, owners } = gateway;
    if (restarted) gateway.restart();
    for (const attacker of owners.slice(0, boxes)) await attackWithBox(gateway, attacker);
    for (const attacker of owners.slice(0, boxes)) await attackWithBox(gateway, attacker);
    expect(isds.failures.length).toBeLessThanOrEqual(most);
    await expectIn(gateway, owners.slice(boxes));
    const changed = change(gateway, owners.slice(boxes));
    await expectIn(gateway, changed);
    expect(isds.failures.length).toBeLessThanOrEqual(most);
  }
});

test('after a restart, box IDs tried from a shared address pause nobody who is known by login', async () => {
  const gateway = newGateway();
  const { isds, logIn } = gateway;
  const shared = '192.0.2.77';
  const boxes = ['abcdefg', 'bcdefgh', 'cdefghi', 'defghij', 'efghijk'];
  await logIn('stastny1', 'Heslo-1234', shared);
  gateway.restart();
  for (const password of boxes) await isIn(logIn('aydaadk@datovka.example.cz', password, shared));
  expect(isds.failures).toHaveLength(2);
  await logIn('stastny1', 'Heslo-1234', shared);
});

test('strangers fail twice an hour; owners do not notice, and get in with changed passwords', async () => {
  const gateway = await withOwners(5);
  const { isds, clock, logIn, owners } = gateway;
  gateway.restart();
  await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => logIn(`cizinec${index}`, 'heslo', '2001:db8:1:2::' + index)),
  );
  expect(isds.failures).toHaveLength(2);
  await strangers(gateway, 100, 50);
  expect(isds.failures).toHaveLength(2);
  await expectIn(gateway, owners);
  const [first] = owners as [Owner];
  const changed = change(gateway, owners);
  clock.time += 11 * MINUTE;
  await isIn(logIn(first.name, first.password, first.network));
  expect(isds.failures).toHaveLength(3);
  await expectIn(gateway, changed);
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    clock.time += 5 * MINUTE;
    await strangers(gateway, 100, 4);
  }
  expect(isds.failures.length).toBeLessThanOrEqual(3 + 2 * 25);
});

test('four tries of strangers an hour, for ever: a newcomer with the right password gets in within two hours', async () => {
  const gateway = newGateway();
  const { isds, clock, logIn } = gateway;
  for (let hour = 0; hour < 5; hour++) {
    clock.time = hour * HOUR;
    await strangers(gateway, hour * 10 + 1, 4);
  }
  let waited = 0;
  for (; !(await isIn(logIn('stastny1', 'Heslo-1234', '203.0.113.5'))); waited += 5) {
    expect(waited).toBeLessThan(120);
    clock.time += 5 * MINUTE;
    if (clock.time % HOUR === 0) await strangers(gateway, clock.time / HOUR + 200, 4);
  }
  expect(waited).toBeGreaterThan(0);
  expect(isds.failures.length).toBeLessThanOrEqual(2 * 7);
});

test('a newcomer keeps the place in the line while attackers ask every minute', async () => {
  const gateway = newGateway();
  const { clock, logIn } = gateway;
  await strangers(gateway, 1, 10);
  clock.time = MINUTE;
  let waited = 0;
  for (; !(await isIn(logIn('stastny1', 'Heslo-1234', '203.0.113.5'))); waited++) {
    expect(waited).toBeLessThan(5 * 60);
    clock.time += MINUTE;
    await strangers(gateway, 1, 10);
  }
});

test('three starts with four wrong passwords each: the failures of all starts count', async () => {
  const gateway = await withOwners(1);
  const { isds, clock, logIn, owners } = gateway;
  for (let start = 0; start < 3; start++) {
    gateway.restart();
    clock.time += MINUTE;
    clock.start = clock.time;
    for (let index = 0; index < 4; index++)
      await isIn(logIn(`cizinec${start}${index}`, 'heslo', `10.${start}.${index}.1`));
  }
  expect(isds.failures).toHaveLength(2);
  await expectIn(gateway, owners);
});

test('a try that was under way when the process was killed counts', async () => {
  const gateway = newGateway();
  const { isds, logIn } = gateway;
  for (let start = 0; start < 4; start++) {
    isds.gate = new Promise(() => undefined);
    void logIn(`cizinec${start}`, 'heslo', `10.0.${start}.1`).catch(() => undefined);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
    gateway.restart();
  }
  isds.gate = Promise.resolve();
  expect(isds.loginChecks()).toBe(2);
  await expect(logIn('cizinec9', 'heslo', '10.0.9.1')).rejects.toThrow('logins-paused');
});

test.each([DAY, -DAY])(
  'a clock set wrong by %d ms and set right again neither prolongs nor forgets a pause',
  async (wrong) => {
    for (const restarted of [false, true]) {
      const gateway = newGateway();
      const { clock, logIn } = gateway;
      clock.time = 10 * DAY;
      clock.ahead = wrong;
      await strangers(gateway, 1, 3);
      clock.ahead = 0;
      if (restarted) gateway.restart();
      clock.time += 59 * MINUTE;
      await expect(logIn('stastny1', 'Heslo-1234', '203.0.113.5')).rejects.toThrow('logins-paused');
      clock.time += MINUTE;
      await logIn('stastny1', 'Heslo-1234', '203.0.113.5');
    }
  },
);

test('a wrong password that was refused while the clock was a day ahead is asked again after an hour', async () => {
  const { isds, clock, logIn } = newGateway();
  clock.ahead = DAY;
  await expect(logIn('stastny1', 'spatne')).rejects.toThrow('wrong-password');
  clock.ahead = 0;
  clock.time = HOUR;
  await expect(logIn('stastny1', 'spatne')).rejects.toThrow('wrong-password');
  expect(isds.loginChecks()).toBe(2);
});

test('what ISDS has blocked stays untouched after a restart, by its own clock', async () => {
  const gateway = newGateway();
  const { isds, clock, logIn } = gateway;
  isds.serverTime = 5 * DAY;
  isds.trouble = new IsdsError({ kind: 'account-blocked', until: new Date(5 * DAY + 30 * MINUTE) });
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('account-blocked');
  isds.trouble = undefined;
  gateway.restart();
  clock.time = 29 * MINUTE;
  await expect(logIn('stastny1', 'Heslo-1234')).rejects.toThrow('account-blocked');
  expect(isds.calls).toHaveLength(1);
  clock.time = 30 * MINUTE;
  await logIn('stastny1', 'Heslo-1234');
});

test('a success gives its share back: twenty newcomers at once are all let in', async () => {
  const gateway = newGateway();
  const { isds, logIn } = gateway;
  const names = Array.from({ length: 20 }, (_, index) => `novy${index}aa`);
  for (const name of names) isds.passwords.set(name, 'Heslo-1234');
  await Promise.all(names.map((name) => logIn(name, 'Heslo-1234', '203.0.113.5')));
  expect(isds.failures).toEqual([]);
});

test('the operator sees what is held back, and lifts it from one login or from all', async () => {
  const gateway = newGateway();
  const { isds, clock, logIn, restraints, forgive } = gateway;
  await expect(logIn('stastny1', 'spatne', '203.0.113.5')).rejects.toThrow('wrong-password');
  isds.trouble = new IsdsError({ kind: 'account-blocked', until: undefined });
  await expect(logIn('jiny0001', 'spatne', '203.0.113.5')).rejects.toThrow('account-blocked');
  isds.trouble = undefined;
  const until = clock.time + HOUR;
  expect(await restraints()).toEqual([
    { what: 'blocked by ISDS', account: 'jiny0001', until },
    { what: 'failed as stranger', account: 'stastny1', network: '203.0.113.5', until },
    { what: 'failed as stranger', account: 'jiny0001', network: '203.0.113.5', until },
    { what: 'a password is refused here', account: 'stastny1' },
  ]);
  await expect(logIn('stastny1', 'Heslo-1234', '203.0.113.5')).rejects.toThrow('network-paused');
  await forgive('STASTNY1@datovka.example.cz');
  await logIn('stastny1', 'Heslo-1234', '203.0.113.5');
  await expect(logIn('treti001', 'spatne', '203.0.113.6')).rejects.toThrow('logins-paused');
  await forgive(undefined);
  await expect(logIn('treti001', 'spatne', '203.0.113.6')).rejects.toThrow('wrong-password');
  await forgive(undefined);
  expect(await restraints()).toEqual([]);
  gateway.restart();
  expect(await restraints()).toEqual([]);
});

test('the operator lets everybody in: nobody stands in the line any more', async () => {
  const gateway = newGateway();
  const { logIn, forgive } = gateway;
  await strangers(gateway, 1, 10);
  await expect(logIn('stastny1', 'Heslo-1234', '203.0.113.5')).rejects.toThrow('logins-paused');
  await forgive(undefined);
  expect(await logIn('stastny1', 'Heslo-1234', '203.0.113.5')).toMatchObject({ account: 'stastny1' });
});
