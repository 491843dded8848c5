/** Certificates: our own for loopback, the administrator's from files. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { isLoopback, listen, secureContext, tlsOptions } from '../../src/net/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';

const DAY_MS = 86_400_000;

test('the certificate of our own names loopback and the given names', async () => {
  const { cert, key } = await selfSigned(systemClock, ['posta.example.cz', '2001:db8::1']);
  const certificate = new X509Certificate(cert);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('posta.example.cz')).toBe('posta.example.cz');
  expect(certificate.checkHost('example.cz')).toBeUndefined();
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBeDefined();
  expect(certificate.checkIP('2001:db8::1')).toBeDefined();
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test('it is valid from yesterday, for clocks that go slow, and not longer than Apple allows', async () => {
  const now = Date.UTC(2026, 10, 21);
  const certificate = new X509Certificate((await selfSigned({ now: () => now })).cert);
  const since = certificate.validFromDate.getTime();
  expect(since).toBe(now - DAY_MS);
  expect(certificate.validToDate.getTime() - since).toBe(825 * DAY_MS);
});

test('two certificates have different serial numbers', async () => {
  const [one, other] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber);
});

test('a client that trusts it connects, with TLS 1.3', async () => {
  const material = await selfSigned(systemClock);
  const port = await tlsPort(material);
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: material.cert });
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
  expect(socket.getProtocol()).toBe('TLSv1.3');
  socket.destroy();
});

test('TLS 1.1 is refused', async () => {
  const material = await selfSigned(systemClock);
  expect(tlsOptions(material).minVersion).toBe('TLSv1.2');
  const options = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const socket = connect({ port: await tlsPort(material), host: '127.0.0.1', ca: material.cert, ...options });
  expect(String(await once(socket, 'error'))).toMatch(/protocol|version/i);
});

test('a key that belongs to another certificate is refused at once', async () => {
  const [one, other] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  expect(() => secureContext({ cert: one.cert, key: other.key })).toThrow(/key/i);
});

test.each([
  ['127.0.0.1', true],
  ['127.200.3.4', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:10.0.0.1', false],
  ['10.0.0.1', false],
  ['2001:db8::1', false],
  ['unknown', false],
])('%s is loopback: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

async function tlsPort(tls: { key: string; cert: string }): Promise<number> {
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    tls,
    log: createLog('silent'),
    converse: async (socket) => void socket.resume(),
  });
  onTestFinished(() => listener.close(0));
  return listener.address.port;
}
