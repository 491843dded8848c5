import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { Secret, systemClock } from '../../src/core/index.ts';
import { createIsds, type Credentials, type Isds } from '../../src/isds/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { answerBody, envelopeAround, status } from './fake-isds.ts';

interface Seen {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  /** Fingerprint of the client's certificate. */
  readonly certificate: string | undefined;
}

/** An ISDS that asks every caller for a certificate and writes down who came. */
async function isdsBehindMutualTls(): Promise<{ isds: Isds; seen: Seen[] }> {
  const seen: Seen[] = [];
  const { cert, key } = await selfSigned(systemClock);
  const server = createServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    request.resume();
    const { fingerprint256 } = (request.socket as TLSSocket).getPeerCertificate();
    seen.push({ path: request.url, authorization: request.headers.authorization, certificate: fingerprint256 });
    response.end(envelopeAround(answerBody('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const isds = createIsds(
    {
      domain: 'datovka.example',
      baseUrls: { ws1: url, ws1c: url, ws2c: url },
      ca: cert,
      userAgent: 'Postolka/0.1',
    },
    { clock: systemClock },
  );
  onTestFinished(async () => {
    await isds.close();
    server.close();
  });
  return { isds, seen };
}

async function certificateOf(login: string): Promise<Credentials> {
  const { cert, key } = await selfSigned(systemClock);
  return { kind: 'certificate', login, certificate: cert, key: new Secret(key) };
}

test('a system certificate speaks in the handshake: its own address and no Authorization', async () => {
  const { isds, seen } = await isdsBehindMutualTls();
  await isds.account(await certificateOf('spisovka')).checkBox('urad453');
  expect(seen).toEqual([
    { path: '/cert/DS/df', authorization: undefined, certificate: expect.stringMatching(/^[0-9A-F:]+$/) as string },
  ]);
});

test('large messages have an address of their own for certificates too', async () => {
  const { isds, seen } = await isdsBehindMutualTls();
  const download = isds.account(await certificateOf('spisovka')).downloadBigOriginal('1');
  await expect(Array.fromAsync(download)).rejects.toMatchObject({ kind: 'not-xml' });
  expect(seen.map(({ path }) => path)).toEqual(['/cert/DS/vodz']);
});

test('two certificates and a password never share a connection', async () => {
  const { isds, seen } = await isdsBehindMutualTls();
  const one = isds.account(await certificateOf('spisovka'));
  const other = isds.account(await certificateOf('spisovka2'));
  const password = isds.account({ kind: 'password', login: 'abc123', password: new Secret('Heslo: 1') });
  for (const account of [one, other, password, one]) await account.checkBox('urad453');
  const [first, second, third, fourth] = seen.map(({ certificate }) => certificate);
  expect(first).toBe(fourth);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(third).toBeUndefined();
  expect(seen[2]).toMatchObject({ path: '/DS/df', authorization: 'Basic YWJjMTIzOkhlc2xvOiAx' });
});
