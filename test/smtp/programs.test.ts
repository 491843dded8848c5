/** Programs of other people that send mail; each is skipped by name where it is not installed. */
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { LETTER } from './client.ts';
import { LOGIN, OFFICE, OWN, PASSWORD, startGateway } from './gateway.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Exit code and everything said; the server lives in this process, so nothing may block it. */
function run(program: string, args: string[], input = ''): Promise<{ code: number | null; said: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; said: string }>();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.on('close', (code) => resolve({ code, said }));
  child.stdin.on('error', () => undefined).end(input);
  return promise;
}

const PYTHON = `
import smtplib, ssl, sys
port, mode, login, password, sender, recipient = sys.argv[1:]
context = ssl._create_unverified_context()
if mode == 'tls':
    smtp = smtplib.SMTP_SSL('127.0.0.1', int(port), context=context)
else:
    smtp = smtplib.SMTP('127.0.0.1', int(port))
    smtp.starttls(context=context)
smtp.login(login, password)
smtp.sendmail(sender, [recipient], sys.stdin.buffer.read(), mail_options=['BODY=8BITMIME'])
smtp.quit()
`;

test.skipIf(!has('python3')).each(['tls', 'starttls'] as const)(
  'python smtplib over %s (skipped without python3)',
  async (mode) => {
    const gateway = await startGateway({ mode: mode === 'tls' ? 'implicit-tls' : 'starttls' });
    const args = ['-c', PYTHON, String(gateway.port), mode, LOGIN, PASSWORD, OWN, OFFICE];
    expect(await run('python3', args, LETTER)).toEqual({ code: 0, said: '' });
    expect(gateway.sent).toMatchObject([{ draft: { subject: 'Žaloba', text: 'Dobrý den, žaluji.' } }]);
  },
);

test.skipIf(!has('curl'))('curl (skipped without curl)', async () => {
  const gateway = await startGateway();
  const url = `smtps://127.0.0.1:${gateway.port}`;
  const args = [
    '--silent',
    '--show-error',
    '--insecure',
    '--url',
    url,
    '--user',
    `${LOGIN}:${PASSWORD}`,
    '--mail-from',
    OWN,
  ];
  const { code, said } = await run('curl', [...args, '--mail-rcpt', OFFICE, '--upload-file', '-'], `${LETTER}\r\n`);
  expect({ code, said }).toEqual({ code: 0, said: expect.any(String) });
  expect(gateway.sent).toMatchObject([{ draft: { subject: 'Žaloba' } }]);
});

test.skipIf(!has('swaks'))('swaks with AUTH LOGIN (skipped without swaks)', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const server = ['--server', `127.0.0.1:${gateway.port}`, '--auth', 'LOGIN', '--auth-user', LOGIN];
  const mail = ['--auth-password', PASSWORD, '--from', OWN, '--to', OFFICE, '--data', '-'];
  const { code, said } = await run('swaks', [...server, ...mail], LETTER);
  expect(said).toContain('250 2.0.0 Datová zpráva 1490000010 odeslána');
  expect(code).toBe(0);
});

test.skipIf(!has('msmtp'))('msmtp (skipped without msmtp)', async () => {
  const gateway = await startGateway();
  const where = ['--host=127.0.0.1', `--port=${gateway.port}`, '--tls=on', '--tls-starttls=off', '--tls-certcheck=off'];
  const who = ['--auth=plain', `--user=${LOGIN}`, `--passwordeval=printf '%s' '${PASSWORD}'`, `--from=${OWN}`];
  const { code, said } = await run('msmtp', [...where, ...who, OFFICE], LETTER.replaceAll('\r\n', '\n'));
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(gateway.sent).toMatchObject([{ draft: { subject: 'Žaloba', text: 'Dobrý den, žaluji.' } }]);
});

test.skipIf(!has('msmtp'))('msmtp shows the Czech refusal (skipped without msmtp)', async () => {
  const gateway = await startGateway();
  const where = ['--host=127.0.0.1', `--port=${gateway.port}`, '--tls=on', '--tls-starttls=off', '--tls-certcheck=off'];
  const who = ['--auth=plain', `--user=${LOGIN}`, `--passwordeval=printf '%s' '${PASSWORD}'`, `--from=${OWN}`];
  const { code, said } = await run('msmtp', [...where, ...who, 'jan@seznam.example'], LETTER);
  expect(said).toContain('není datová schránka v doméně');
  expect(code).not.toBe(0);
});
