/** Several certificates: a client gets the one for the name that it asks for (RFC 6066 §3). */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { followRenewal, selfSigned, TlsIdentity } from '../../src/certificates/index.ts';
import { type KeyPair, listen } from '../../src/net/index.ts';

const log = createLog('silent');
const certificates = new Map<string, KeyPair>();

beforeAll(async () => {
  const names = { domain: ['priklad.cz'], wildcard: ['*.priklad.cz'], smtp: ['smtp.priklad.cz', 'xn--pota-k6a.cz'] };
  for (const [source, list] of Object.entries(names)) certificates.set(source, await selfSigned(systemClock, list));
});

async function converse(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  await once(socket.resume(), 'close');
}

async function serve(identity: TlsIdentity): Promise<number> {
  const listener = await listen({ host: '127.0.0.1', port: 0, tls: identity, log, converse });
  onTestFinished(() => listener.close(0));
  return listener.address.port;
}

async function serialSeen(port: number, servername: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket.getPeerCertificate().serialNumber;
}

function serialOf({ cert }: KeyPair): string {
  return new X509Certificate(cert).serialNumber;
}

test.each([
  ['priklad.cz', 'domain'],
  ['smtp.priklad.cz', 'smtp'],
  ['SMTP.Priklad.CZ', 'smtp'],
  ['pop3.priklad.cz', 'wildcard'],
  ['a.b.priklad.cz', 'domain'],
  ['jinde.cz', 'domain'],
  ['', 'domain'],
  ['xn--pota-k6a.cz', 'smtp'],
  [`${'a'.repeat(60)}.${'b'.repeat(60)}.cz`, 'domain'],
])('asked for "%s", the certificate is that of %s', async (name, source) => {
  const port = await serve(new TlsIdentity(certificates));
  expect(await serialSeen(port, name)).toBe(serialOf(certificates.get(source)!));
});

test.each(['poszta\u0000.cz', '\ud800', 'xn--\u0000', '..', '%', ' '])(
  'what is no name, as %j, gets the first certificate',
  (name) => {
    const identity = new TlsIdentity(certificates);
    expect(identity.contextFor(name)).toBe(identity.contextFor('jinde.cz'));
  },
);

test('one of several is renewed, the others stay', async () => {
  const identity = new TlsIdentity(certificates);
  const port = await serve(identity);
  const renewed = await selfSigned(systemClock, ['smtp.priklad.cz']);
  identity.replace('smtp', renewed);
  expect(await serialSeen(port, 'smtp.priklad.cz')).toBe(serialOf(renewed));
  expect(await serialSeen(port, 'pop3.priklad.cz')).toBe(serialOf(certificates.get('wildcard')!));
});

test('files of one certificate that are broken do not keep the others from being renewed', async () => {
  const identity = new TlsIdentity(certificates);
  const renewed = await selfSigned(systemClock, ['priklad.cz']);
  const followed = [
    followRenewal(identity, 'smtp', () => Promise.reject(new Error('ENOENT')), log),
    followRenewal(identity, 'domain', async () => renewed, log),
  ];
  onTestFinished(() => followed.forEach((one) => one.stop()));
  await Promise.all(followed.map((one) => one.recheck()));
  expect(identity.cert).toBe(renewed.cert);
  expect(identity.pairOf('smtp')?.cert).toBe(certificates.get('smtp')!.cert);
});
