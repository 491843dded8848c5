/** The certificate of a running gateway is renewed under open sessions. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { type TlsMaterial } from '../../src/net/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startWhole } from './whole.ts';
import { systemClock } from '../../src/core/index.ts';

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

async function serialFor(port: number, servername: string): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', servername, rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return serialOf(socket);
}

function serialOf(socket: TLSSocket): string {
  return socket.getPeerCertificate().serialNumber;
}

/** The serial number that is seen after the command which turns to TLS; asked for a name, the one for that. */
async function serialAfter(port: number, commands: readonly string[], servername = ''): Promise<string> {
  const plain = connectPlain(port, '127.0.0.1');
  onTestFinished(() => void plain.destroy());
  await once(plain, 'data');
  for (const command of commands) {
    plain.write(`${command}\r\n`);
    await once(plain, 'data');
  }
  const socket = connectTls({ socket: plain, servername, rejectUnauthorized: false });
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
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
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
  await whole.gateway.renewCertificates();

  const answers = await Promise.all(lines.map((line, index) => line.say(index < SESSIONS_OF_EACH ? 'CAPA' : 'NOOP')));
  expect(answers.every((answer) => /^(?:\+OK|250)/.test(answer))).toBe(true);
  for (const port of [pop3Tls, smtpTls]) expect(serialOf((await open(port)).socket)).toBe(newSerial);
  expect(await serialAfter(pop3, ['STLS'])).toBe(newSerial);
  expect(await serialAfter(smtp, ['EHLO klient.example.cz', 'STARTTLS'])).toBe(newSerial);
  expect(await serialFor(https!, '')).toBe(newSerial);
});

test('of several certificates every port shows the one for the name, also after one of them was renewed', async () => {
  const folder = temporaryFolder();
  const save = async (name: string) => {
    const pair = await selfSigned(systemClock, [`${name}.datovka.localhost`]);
    writeFileSync(join(folder, `${name}.pem`), pair.cert);
    writeFileSync(join(folder, `${name}.key`), pair.key);
    return new X509Certificate(pair.cert).serialNumber;
  };
  const [pop3Serial, smtpSerial] = [await save('pop3'), await save('smtp')];
  const table = (name: string) => {
    const [certificateFile, keyFile] = ['pem', 'key'].map((ending) =>
      JSON.stringify(join(folder, `${name}.${ending}`)),
    );
    return `[[tls.certificates]]\ncertificateFile = ${certificateFile}\nkeyFile = ${keyFile}\n`;
  };
  const configFile = () => {
    const path = join(folder, 'postolka.toml');
    writeFileSync(path, `domain = "datovka.localhost"\n${table('pop3')}${table('smtp')}`);
    return path;
  };
  const whole = await startWhole({
    configFile,
    settings: { POSTOLKA_SETUP_HOST: '127.0.0.1', POSTOLKA_SETUP_HTTPS_PORT: '0' },
  });
  onTestFinished(() => whole.stop());
  const { pop3Tls, pop3, smtpTls, smtp, https } = whole.gateway.ports;
  const serials = async (name: string) => [
    ...(await Promise.all([pop3Tls, smtpTls, https!].map((port) => serialFor(port, name)))),
    await serialAfter(pop3, ['STLS'], name),
    await serialAfter(smtp, ['EHLO klient.example.cz', 'STARTTLS'], name),
  ];
  expect(new Set(await serials('pop3.datovka.localhost'))).toEqual(new Set([pop3Serial]));
  expect(new Set(await serials('smtp.datovka.localhost'))).toEqual(new Set([smtpSerial]));
  expect(new Set(await serials('jinde.example.cz'))).toEqual(new Set([pop3Serial]));

  const newSmtpSerial = await save('smtp');
  await whole.gateway.renewCertificates();
  expect(new Set(await serials('smtp.datovka.localhost'))).toEqual(new Set([newSmtpSerial]));
  expect(new Set(await serials('pop3.datovka.localhost'))).toEqual(new Set([pop3Serial]));
});
