import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startWhole } from '../whole/whole.ts';
import { postolka } from './postolka.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function settings(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    POSTOLKA_DOMAIN: 'datovka.localhost',
    POSTOLKA_DATA_DIRECTORY: temporaryFolder(),
    POSTOLKA_POP3_HOST: '127.0.0.1',
    POSTOLKA_POP3_TLS_PORT: '0',
    POSTOLKA_POP3_START_TLS_PORT: '0',
    POSTOLKA_SMTP_HOST: '127.0.0.1',
    POSTOLKA_SMTP_TLS_PORT: '0',
    POSTOLKA_SMTP_START_TLS_PORT: '0',
    ...changes,
  };
}

test('the version is that of package.json', async () => {
  const { status, output } = await postolka(['version']).ended;
  expect({ status, output: output.trim() }).toEqual({ status: 0, output: '0.1.0' });
});

test.each([[[]], [['neznamy']], [['serve', 'navic']], [['serve', '--neznama']]])(
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
    expect(output).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
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
  expect(output).toContain('locked');
  first.process.kill('SIGTERM');
  await first.ended;
});

test('health is 0 while the gateway greets and 1 when it is gone', async () => {
  const whole = await startWhole();
  const environment = settings({ POSTOLKA_POP3_TLS_PORT: String(whole.gateway.ports.pop3Tls) });
  expect((await postolka(['health'], environment).ended).status).toBe(0);
  await whole.stop();
  expect((await postolka(['health'], environment).ended).status).toBe(1);
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

test('the demo prints what a mail program needs', async () => {
  const ports = {
    POSTOLKA_POP3_TLS_PORT: '0',
    POSTOLKA_POP3_START_TLS_PORT: '0',
    POSTOLKA_SMTP_TLS_PORT: '0',
    POSTOLKA_SMTP_START_TLS_PORT: '0',
  };
  const running = postolka(['demo'], ports);
  const [, pop3, smtp] = await running.output(
    /POP3 .* port (\d+) [\s\S]*SMTP .* port (\d+) [\s\S]*curl -k -u .*pop3s:/,
  );
  expect([Number(pop3), Number(smtp)].every((port) => port > 0)).toBe(true);
  running.process.kill('SIGINT');
  expect((await running.ended).status).toBe(0);
});
