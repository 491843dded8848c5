/** The certificate of a running gateway is renewed under open sessions. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned, type TlsMaterial } from '../../src/net/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startWhole } from './whole.ts';

const SESSIONS_OF_EACH = 25;

interface Line {
  readonly socket: TLSSocket;
  /** Sends a line, gets what comes back next. */
  say(command: string): Promise<string>;
}

async function open(port: number): Promise<Line> {
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'data');
  return {
    socket,
    say: async (command) => {
      socket.write(`${command}\r\n`);
      const [answer]: Buffer[] = await once(socket, 'data');
      return String(answer);
    },
  };
}

function serialOf(socket: TLSSocket): string {
  return socket.getPeerCertificate().serialNumber;
}

/** The serial number that is seen after the command which turns to TLS. */
async function serialAfter(port: number, commands: readonly string[]): Promise<string> {
  const plain = connectPlain(port, '127.0.0.1');
  onTestFinished(() => void plain.destroy());
  await once(plain, 'data');
  for (const command of commands) {
    plain.write(`${command}\r\n`);
    await once(plain, 'data');
  }
  const socket = connectTls({ socket: plain, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return serialOf(socket);
}

test('fifty open sessions live on, and every port shows new clients the new serial number', async () => {
  const folder = temporaryFolder();
  const files = { cert: join(folder, 'chain.pem'), key: join(folder, 'key.pem') };
  const write = ({ cert, key }: TlsMaterial) => {
    writeFileSync(files.cert, cert);
    writeFileSync(files.key, key);
  };
  const [old, renewed] = await Promise.all([selfSigned(), selfSigned()]);
  const [oldSerial, newSerial] = [old, renewed].map(({ cert }) => new X509Certificate(cert).serialNumber);
  write(old);
  const whole = await startWhole({
    settings: {
      POSTOLKA_TLS_CERTIFICATE_FILE: files.cert,
      POSTOLKA_TLS_KEY_FILE: files.key,
      POSTOLKA_SETUP_HOST: '127.0.0.1',
      POSTOLKA_SETUP_HTTPS_PORT: '0',
    },
  });
  onTestFinished(() => whole.stop());
  const { pop3Tls, pop3, smtpTls, smtp, https } = whole.gateway.ports;
  const ports = [pop3Tls, smtpTls].flatMap((port) => Array.from({ length: SESSIONS_OF_EACH }, () => port));
  const lines = await Promise.all(ports.map(open));
  expect(new Set(lines.map(({ socket }) => serialOf(socket)))).toEqual(new Set([oldSerial]));

  write(renewed);
  await whole.gateway.renewCertificate();

  const answers = await Promise.all(lines.map((line, index) => line.say(index < SESSIONS_OF_EACH ? 'CAPA' : 'NOOP')));
  expect(answers.every((answer) => /^(?:\+OK|250)/.test(answer))).toBe(true);
  for (const port of [pop3Tls, smtpTls]) expect(serialOf((await open(port)).socket)).toBe(newSerial);
  expect(await serialAfter(pop3, ['STLS'])).toBe(newSerial);
  expect(await serialAfter(smtp, ['EHLO klient.example.cz', 'STARTTLS'])).toBe(newSerial);
  const page = connectTls({ port: https!, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void page.destroy());
  await once(page, 'secureConnect');
  expect(serialOf(page)).toBe(newSerial);
});
