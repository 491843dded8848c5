/** Other people's POP3 clients against this server. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { NAME, PASSWORD } from './fakes.ts';
import { gateway, material } from './gateway.ts';

const run = promisify(execFile);
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const python = has('python3');
const curl = has('curl') && String(spawnSync('curl', ['--version']).stdout).includes('pop3s');

/** What poplib returns for every command, a value a line. */
const POPLIB = `
import poplib, ssl, sys
port, ca, name, password = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
box = poplib.POP3('localhost', port, timeout=20)
print(sorted(box.capa()))
box.stls(ssl.create_default_context(cafile=ca))
print(sorted(box.capa()))
box.user(name); box.pass_(password)
print(box.stat())
print(box.list())
print(box.uidl())
print(box.list(2), box.uidl(2))
print(box.top(2, 1))
print(box.retr(1))
for command in (lambda: box.retr(4), lambda: box.apop(name, password)):
    try: command()
    except poplib.error_proto as error: print('refused', str(error)[:7])
box.dele(2); box.rset(); box.dele(3)
print(box.noop())
print(box.quit())
`;

async function trusted(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pop3-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ca.pem');
  await writeFile(file, material.cert);
  return file;
}

async function curlOf(url: string, ...more: string[]): Promise<string> {
  const trust = ['--cacert', await trusted(), '--user', `${NAME}:${PASSWORD}`];
  return (await run('curl', ['--silent', '--show-error', ...trust, ...more, url])).stdout;
}

test.skipIf(!python)("Python's poplib holds a whole session with STLS (skipped without python3)", async () => {
  const to = await gateway();
  const { stdout } = await run('python3', ['-c', POPLIB, String(to.port), await trusted(), NAME, PASSWORD]);
  expect(stdout.trimEnd().split('\n')).toEqual([
    "['AUTH-RESP-CODE', 'EXPIRE', 'IMPLEMENTATION', 'RESP-CODES', 'STLS', 'TOP', 'UIDL', 'USER']",
    "['AUTH-RESP-CODE', 'EXPIRE', 'IMPLEMENTATION', 'RESP-CODES', 'TOP', 'UIDL', 'USER']",
    '(3, 120)',
    "(b'+OK 3 messages (120 octets)', [b'1 48', b'2 52', b'3 20'], 18)",
    "(b'+OK 3 messages (120 octets)', [b'1 1001', b'2 1002', b'3 1003'], 24)",
    "b'+OK 2 52' b'+OK 2 1002'",
    String.raw`(b'+OK 52 octets', [b'Subject: Druh\xc3\xa1', b'', b'\xc5\x99\xc3\xa1dek 1'], 30)`,
    String.raw`(b'+OK 48 octets', [b'Subject: Prvn\xc3\xad', b'', b'Dobr\xc3\xbd den,', b'.te\xc4\x8dka', b'konec'], 48)`,
    "refused b'-ERR ",
    'refused -ERR AP',
    "b'+OK'",
    "b'+OK Na shledanou'",
  ]);
  expect(to.mailbox.hidden).toEqual([['1003']]);
  expect(to.mailbox.marked).toEqual(['1001']);
});

test.skipIf(!curl)('curl fetches a mail over pop3s (skipped without curl)', async () => {
  const to = await gateway({ mode: 'implicit-tls' });
  const stdout = await curlOf(`pop3s://localhost:${to.port}/1`);
  expect(stdout).toBe('Subject: První\r\n\r\nDobrý den,\r\n.tečka\r\nkonec\r\n');
  await to.close();
  expect(to.mailbox.marked).toEqual(['1001']);
});

test.skipIf(!curl)('curl changes to TLS by STLS when told to (skipped without curl)', async () => {
  const to = await gateway();
  const stdout = await curlOf(`pop3://localhost:${to.port}/`, '--ssl-reqd');
  expect(stdout).toBe('1 48\r\n2 52\r\n3 20\r\n');
});
