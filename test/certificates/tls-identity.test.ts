/** A certificate that is replaced while connections are open. */
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { followRenewal, selfSigned, TlsIdentity } from '../../src/certificates/index.ts';
import { listen, type TlsMaterial } from '../../src/net/index.ts';

const silent = createLog('silent');

function logInto(lines: string[]) {
  return createLog('info', { write: (line) => void lines.push(line) });
}

/** Says back whatever it hears. */
async function echo(tls: TlsMaterial): Promise<number> {
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    tls,
    log: silent,
    converse: async (socket) => {
      socket.on('error', () => {});
      socket.pipe(socket);
      await once(socket, 'close');
    },
  });
  onTestFinished(() => listener.close(0));
  return listener.address.port;
}

async function open(port: number): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

test('a connection that is open lives on, one that comes later sees the new certificate', async () => {
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  const identity = new TlsIdentity(new Map([['tls', old]]));
  const port = await echo(identity);
  const before = await open(port);
  identity.replace('tls', renewed);
  const after = await open(port);
  expect(after.getPeerCertificate().serialNumber).not.toBe(before.getPeerCertificate().serialNumber);
  before.write('žiji');
  const [heard]: Buffer[] = await once(before, 'data');
  expect(heard?.toString()).toBe('žiji');
});

test('a client that sends no server name sees the new certificate, too', async () => {
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  const identity = new TlsIdentity(new Map([['tls', old]]));
  const port = await echo(identity);
  identity.replace('tls', renewed);
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: '',
    ca: renewed.cert,
    checkServerIdentity: () => undefined,
  });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
});

test('a chain whose key has not come yet is complained of once, and the old pair stays until both are there', async () => {
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  const identity = new TlsIdentity(new Map([['tls', old]]));
  const lines: string[] = [];
  let files: TlsMaterial = old;
  const renewal = followRenewal(identity, 'tls', async () => files, logInto(lines));
  onTestFinished(() => renewal.stop());

  files = { cert: renewed.cert, key: old.key };
  await renewal.recheck();
  await renewal.recheck();
  expect(identity.cert).toBe(old.cert);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('the old one stays');
  expect(lines[0]).not.toContain('PRIVATE KEY');

  files = renewed;
  await renewal.recheck();
  expect([identity.cert, identity.key]).toEqual([renewed.cert, renewed.key]);
  expect(lines[1]).toContain('certificate renewed');
});

test('files that cannot be read for a moment change nothing', async () => {
  const old = await selfSigned(systemClock);
  const identity = new TlsIdentity(new Map([['tls', old]]));
  const renewal = followRenewal(identity, 'tls', () => Promise.reject(new Error('ENOENT')), silent);
  onTestFinished(() => renewal.stop());
  await renewal.recheck();
  expect(identity.cert).toBe(old.cert);
});

test('new files are found without being told', async () => {
  const [old, renewed] = await Promise.all([selfSigned(systemClock), selfSigned(systemClock)]);
  const identity = new TlsIdentity(new Map([['tls', old]]));
  const seen = new Promise<void>((resolve) => identity.onRenewed(resolve));
  const renewal = followRenewal(identity, 'tls', async () => renewed, silent, 1);
  onTestFinished(() => renewal.stop());
  await seen;
  expect(identity.cert).toBe(renewed.cert);
});
