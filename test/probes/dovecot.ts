/** Dovecot with the probed boxes as maildirs, in a temporary folder of its own and on free ports. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { selfSigned } from '../../src/certificates/index.ts';
import { boxes, type Box } from './mails.ts';
import { PASSWORD, type ProbedServer } from './server.ts';
import { systemClock } from '../../src/core/index.ts';

/** Dovecot opens no mailbox as root; this is the account of nobody. */
const NOBODY = 65_534;
/** Named beforehand: Dovecot does not notice at once when the file of users grows. */
const MOST_USERS = 2_000;
const START_TIMEOUT_MS = 10_000;
const RETRY_MS = 20;

/** The version that the known differences are about; its configuration is not understood by 2.4. */
const VERSION = /^2\.3\./;

/** Why Dovecot cannot be probed here; undefined when it can. */
export function dovecotMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'Dovecot starts as root only';
  try {
    const version = execFileSync('dovecot', ['--version'], { encoding: 'utf8' }).trim();
    return VERSION.test(version) ? undefined : `Dovecot 2.3 is known, not ${version}`;
  } catch {
    return 'Dovecot is not installed';
  }
}

export async function startDovecot(): Promise<ProbedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postolka-dovecot-'));
  chmodSync(folder, 0o755);
  const place = (name: string): string => join(folder, name);
  const tls = await selfSigned(systemClock);
  const [plainPort, tlsPort] = [await freePort(), await freePort()];
  writeFileSync(place('key.pem'), tls.key);
  writeFileSync(place('cert.pem'), tls.cert);
  writeFileSync(
    place('users'),
    Array.from({ length: MOST_USERS }, (_, index) => `${userName(index)}:{PLAIN}${PASSWORD}::::::\n`).join(''),
  );
  writeFileSync(place('dovecot.conf'), configuration(folder, plainPort, tlsPort));
  for (const box of Object.keys(boxes)) writeMails(place(box), box as Box);

  const child = spawn('dovecot', ['-F', '-c', place('dovecot.conf')], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await answering(plainPort).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let users = 0;
  return {
    plainPort,
    tlsPort,
    ca: tls.cert,
    newUser: async (box) => {
      const name = userName(users++);
      linkMails(place(box), join(folder, 'home', name, 'Maildir'), box);
      return name;
    },
    stop,
  };
}

function configuration(folder: string, plainPort: number, tlsPort: number): string {
  return `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
auth_mechanisms = plain login
# Failed logins are part of the probes.
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}/home/%u
}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 1000
service anvil {
  # Without it no address is made to wait for its failed logins.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service pop3-login {
  # One process for all connections instead of one for each.
  service_count = 0
  inet_listener pop3 {
    port = ${plainPort}
  }
  inet_listener pop3s {
    port = ${tlsPort}
  }
}
service pop3 {
  service_count = 0
}
`;
}

function userName(index: number): string {
  return `probe-${index + 1}`;
}

function mailName(index: number): string {
  // A maildir is read in the order of the times that its names begin with.
  return `${1_700_000_000 + index}.M1P1.probe`;
}

function writeMails(folder: string, box: Box): void {
  mkdirSync(folder);
  boxes[box].forEach((mail, index) => {
    writeFileSync(join(folder, mailName(index)), mail);
    chownSync(join(folder, mailName(index)), NOBODY, NOBODY);
  });
}

function linkMails(from: string, maildir: string, box: Box): void {
  mkdirSync(maildir, { recursive: true });
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part));
  for (const path of [join(maildir, '..'), maildir, ...['cur', 'new', 'tmp'].map((part) => join(maildir, part))]) {
    chownSync(path, NOBODY, NOBODY);
  }
  boxes[box].forEach((_, index) =>
    linkSync(join(from, mailName(index)), join(maildir, 'cur', `${mailName(index)}:2,`)),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(port: number): Promise<void> {
  const end = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'data');
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(RETRY_MS);
    } finally {
      socket.destroy();
    }
  }
}
