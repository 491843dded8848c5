import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashPassword, parsePasswordHash } from '../../src/accounts/index.ts';
import { serveControl } from '../../src/control/index.ts';
import { createLog, Secret, systemClock } from '../../src/core/index.ts';
import { ANY_STATE, createIsds, RECORDS_PER_CALL } from '../../src/isds/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { firstLine } from '../first-line.ts';
import { openSession } from '../whole/pop3-session.ts';
import { startWhole } from '../whole/whole.ts';
import { postolka } from './postolka.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { freePorts } from '../support/gateway-settings.ts';

function settings(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    POSTOLKA_DOMAIN: 'datovka.localhost',
    POSTOLKA_DATA_DIRECTORY: temporaryFolder(),
    ...freePorts,
    ...changes,
  };
}

test('the version is that of package.json', async () => {
  const { status, output } = await postolka(['version']).ended;
  expect({ status, output: output.trim() }).toEqual({ status: 0, output: '0.1.0' });
});

test.each(['help', '--help', '-h'])('%s prints the usage with status 0', async (word) => {
  const { status, output } = await postolka([word]).ended;
  expect(status).toBe(0);
  expect(output).toMatch(/^Usage: postolka/);
});

test('a call that is not understood is repeated above the usage', async () => {
  const { output } = await postolka(['chekc', '--config', 'brána.toml']).ended;
  expect(output).toMatch(/^Not understood: postolka chekc --config brána\.toml\n\nUsage: /);
});

test('without any setting the start says where settings come from', async () => {
  const { status, output } = await postolka(['serve']).ended;
  expect(status).toBe(1);
  expect(output).toMatch(/domain: must be set\nNo file was named: --config FILE or POSTOLKA_CONFIG does/);
});

const MISUSES = [
  ['neznamy'],
  ['serve', 'navic'],
  ['serve', '--neznama'],
  ['sandbox', '--port', '80a'],
  ['sandbox', '--port', '65536'],
];

test.each([[[]], ...MISUSES.map((call) => [call])])(
  'the call %j is answered with the usage and status 2',
  async (args) => {
    const { status, output } = await postolka(args).ended;
    expect(status).toBe(2);
    expect(output).toContain('Usage: postolka');
  },
);

test('a Node that is too old is refused in words', async () => {
  const older = 'Object.defineProperty(process.versions, "node", { value: "24.18.0" })';
  const { status, output } = await postolka(['version'], {}, ['--import', `data:text/javascript,${older}`]).ended;
  expect(status).toBe(1);
  expect(output).toContain('needs Node 24.18.1 or newer; this is Node 24.18.0');
});

test('a wrong setting is named and nothing is started', async () => {
  const { status, output } = await postolka(['serve'], settings({ POSTOLKA_POP3_TLS_PORT: 'x' })).ended;
  expect(status).toBe(1);
  expect(output).toContain('pop3.tlsPort');
});

test('without a certificate nobody but this computer may connect', async () => {
  const { status, output } = await postolka(['serve'], settings({ POSTOLKA_SMTP_HOST: '0.0.0.0' })).ended;
  expect(status).toBe(1);
  expect(output).toContain('tls.certificateFile: must be set');
});

test.each(['POP3_TLS_PORT', 'POP3_START_TLS_PORT', 'SMTP_TLS_PORT', 'SMTP_START_TLS_PORT'])(
  'a port that is taken is named and nothing is started: %s',
  async (setting) => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { status, output } = await postolka(['serve'], settings({ [`POSTOLKA_${setting}`]: String(port) })).ended;
    expect(status).toBe(1);
    expect(output).toBe(
      `127.0.0.1:${port} is in use by another program, perhaps by another Poštolka: stop that one, or set another port.\n`,
    );
  },
);

test('SIGTERM ends the gateway with status 0', async () => {
  const running = postolka(['serve'], settings());
  await running.output(/gateway started/);
  running.process.kill('SIGTERM');
  const { status, output } = await running.ended;
  expect(status).toBe(0);
  expect(output).toContain('gateway stopped');
});

test('two gateways on one store: the second is refused', async () => {
  const shared = settings();
  const first = postolka(['serve'], shared);
  await first.output(/gateway started/);
  const { status, output } = await postolka(['serve'], shared).ended;
  expect(status).toBe(1);
  expect(output).toBe(
    `another Poštolka is running on ${join(shared['POSTOLKA_DATA_DIRECTORY']!, 'postolka.sqlite')}: stop it, or give this one a dataDirectory of its own\n`,
  );
  first.process.kill('SIGTERM');
  await first.ended;
});

test('where nobody has picked up yet the commands say so', async () => {
  const shared = settings();
  const running = postolka(['serve'], shared);
  await running.output(/gateway started/);
  const list = await postolka(['deliveries'], shared).ended;
  expect(list).toEqual({ status: 0, output: 'No pick-up is on record.\n' });
  const { status, output } = await postolka(['pickup', 'Pekra1'], shared).ended;
  expect(status).toBe(0);
  expect(output).toContain('Nobody has picked up as pekra1 before; is it a login, without the domain?');
  running.process.kill('SIGTERM');
  await running.ended;
});

test('logins shows what is held back, and forgives it while the gateway runs', async () => {
  const environment = settings();
  const whole = await startWhole();
  const path = join(environment['POSTOLKA_DATA_DIRECTORY']!, 'control.sock');
  const control = await serveControl(path, whole.gateway.control, createLog('silent'));
  onTestFinished(async () => {
    await control.close();
    await whole.stop();
  });
  const ask = (...words: string[]) => postolka(['logins', ...words], environment).ended;
  expect(await ask()).toEqual({ status: 0, output: 'No log-in is held back.\n' });
  await expect(openSession(whole.gateway.ports.pop3, 'zofie1', 'Spatne-heslo-1')).rejects.toThrow('[AUTH]');
  const lines = (await ask()).output.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^zofie1 {2}failed as stranger {2}127\.0\.0\.1 {2}until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(lines[1]).toBe('zofie1  a password is refused here  -');
  expect(await ask('forgive', 'žádný login')).toEqual({ status: 1, output: 'žádný login is no login\n' });
  expect((await ask('forgive', 'Zofie1')).output).toContain('Zofie1 may log in again.');
  expect((await ask()).output).toMatch(/^- {2}failed as stranger {2}- {2}until/);
  expect((await ask('forgive', 'all')).output).toContain('Everything is forgiven here.');
  expect((await ask()).output).toBe('No log-in is held back.\n');
  for (const words of [['forgive'], ['forgive', 'a', 'b'], ['neco']]) expect((await ask(...words)).status).toBe(2);
});

test(
  'health is 0 while the gateway answers, 1 while it hangs, and 1 when it is gone',
  { timeout: 60_000 },
  async () => {
    const shared = settings();
    const running = postolka(['serve'], shared);
    await running.output(/gateway started/);
    const status = async (): Promise<number | null> => (await postolka(['health'], shared).ended).status;
    await expect.poll(status, { timeout: 20_000 }).toBe(0);
    running.process.kill('SIGSTOP');
    expect(await status()).toBe(1);
    running.process.kill('SIGCONT');
    running.process.kill('SIGTERM');
    await running.ended;
    expect(await status()).toBe(1);
  },
);

test('health is 1 when a port takes no more connections', async () => {
  const shared = settings();
  const path = join(shared['POSTOLKA_DATA_DIRECTORY']!, 'control.sock');
  const control = await serveControl(path, async () => ({ listening: false }), createLog('silent'));
  onTestFinished(() => control.close());
  expect((await postolka(['health'], shared).ended).status).toBe(1);
});

test('health is 1 when the store was taken away, and says so', async () => {
  const shared = settings();
  const running = postolka(['serve'], shared);
  await running.output(/gateway started/);
  const store = join(shared['POSTOLKA_DATA_DIRECTORY']!, 'postolka.sqlite');
  rmSync(store);
  const { status, output } = await postolka(['health'], shared).ended;
  expect(status).toBe(1);
  expect(output).toBe(`${store} was removed while the gateway runs: stop it and put the file back\n`);
  running.process.kill('SIGTERM');
  await running.ended;
});

test('the sandbox alone tells its address and its logins', async () => {
  const running = postolka(['sandbox']);
  const [, url = ''] = await running.output(/Sandbox ISDS at (http:\S+)[\s\S]*pekar1/);
  const response = await fetch(`${url}/DS/dx`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
  });
  expect(response.status).toBe(401);
  running.process.kill('SIGTERM');
  expect((await running.ended).status).toBe(0);
});

/** The messages that the office has sent by itself when the sandbox begins. */
async function numbersOfASandbox(): Promise<string[]> {
  const running = postolka(['sandbox']);
  const [, url = ''] = await running.output(/Sandbox ISDS at (http:\S+)/);
  const config = { domain: 'sandbox', baseUrls: { ws1: url, ws2: url }, ca: undefined, userAgent: 'Postolka/0.1' };
  const isds = createIsds(config, { clock: systemClock });
  onTestFinished(() => isds.close());
  const account = isds.account({ kind: 'password', login: 'urad01', password: new Secret('Podatelna-1234') });
  const sent = await account.listSent({ from: new Date(0), statusFilter: ANY_STATE, limit: RECORDS_PER_CALL });
  running.process.kill('SIGTERM');
  await running.ended;
  return sent.map(({ dmID }) => dmID);
}

test('a sandbox that is started again uses no message number twice: a gateway may have kept its store', async () => {
  const [first, second] = [await numbersOfASandbox(), await numbersOfASandbox()];
  expect(first.length).toBeGreaterThan(0);
  expect(second.filter((dmID) => first.includes(dmID))).toEqual([]);
});

test('the sandbox over HTTPS writes the certificates that a log-in needs', async () => {
  const folder = temporaryFolder();
  const running = postolka(['sandbox', '--certificates', folder]);
  const [, url = ''] = await running.output(/Sandbox ISDS at (https:\S+)[\s\S]*sandbox\.pem/);
  const [ca, cert, key] = ['sandbox.pem', 'system.pem', 'system.key'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const isds = createIsds(
    { domain: 'sandbox', baseUrls: { ws1c: url }, ca, userAgent: 'Postolka/0.1' },
    { clock: systemClock },
  );
  onTestFinished(() => isds.close());
  const credentials = { kind: 'certificate', login: 'spisovka', certificate: cert!, key: new Secret(key!) } as const;
  expect(await isds.account(credentials).getOwnerInfo()).toMatchObject({ boxId: demoBoxes.company });
  running.process.kill('SIGTERM');
  expect((await running.ended).status).toBe(0);
});

test('a password becomes the line that the configuration needs', async () => {
  const running = postolka(['password']);
  running.process.stdin?.end('Žluťoučký kůň úpěl\nzbytek\n');
  const { status, output } = await running.ended;
  const [, hash = ''] = /^passwordHash = "(.+)"\n$/.exec(output) ?? [];
  expect([status, parsePasswordHash(hash) !== undefined]).toEqual([0, true]);
});

test.each(['krátké', ''])('a password that is too short is refused: "%s"', async (password) => {
  const running = postolka(['password']);
  running.process.stdin?.end(`${password}\n`);
  const { status, output } = await running.ended;
  expect([status, output]).toEqual([1, 'the password must have at least 12 characters\n']);
});

test.each([
  ['passwordHash', 'passwordHash = "$scrypt$ln=99"', /certificates\.0\.passwordHash: must be what "postolka password"/],
  ['certificateFile', 'certificateFile = "/neexistuje.pem"', /certificates\.0\.certificateFile: ENOENT/],
  ['keyFile', 'keyFile = "system.pem"', /certificates\.0: certificate and key are not usable/],
])('a certificate account that cannot work is named and nothing is started: %s', async (name, line, problem) => {
  const folder = temporaryFolder();
  const { cert, key } = await selfSigned(systemClock);
  writeFileSync(join(folder, 'system.pem'), cert);
  writeFileSync(join(folder, 'system.key'), key);
  const passwordHash = await hashPassword(new Secret('Žluťoučký kůň úpěl'));
  const lines = new Map([
    ['login', 'login = "spisovka"'],
    ['passwordHash', `passwordHash = "${passwordHash}"`],
    ['certificateFile', `certificateFile = "${join(folder, 'system.pem')}"`],
    ['keyFile', `keyFile = "${join(folder, 'system.key')}"`],
  ]).set(name, line.replace('"system.pem"', `"${join(folder, 'system.pem')}"`));
  writeFileSync(join(folder, 'a.toml'), ['[[certificates]]', ...lines.values()].join('\n'));
  const { status, output } = await postolka(['serve', '--config', join(folder, 'a.toml')], settings()).ended;
  expect(status).toBe(1);
  expect(output).toMatch(problem);
});

test('the image, the systemd unit and the scripts start the program as its first line says', () => {
  const { variables, options } = firstLine();
  const root = join(import.meta.dirname, '../..');
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  expect([...assignments, ...options]).toHaveLength(2);
  const [image, unit, scripts] = ['Dockerfile', 'config/postolka.service', 'package.json'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  for (const word of [...assignments, ...options]) {
    expect(image).toContain(word);
    expect(unit).toContain(word);
  }
  // Environment variables before a command are not understood everywhere.
  for (const option of options) expect(scripts?.split(option)).toHaveLength(3);
});
