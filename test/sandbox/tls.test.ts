import { get } from 'node:https';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { makeSealKey } from '../../src/sandbox/seal-key.ts';
import { systemClock } from '../../src/core/index.ts';

test('with a key and a certificate the sandbox speaks HTTPS', async () => {
  const { privateKey, certificate } = await makeSealKey(Date.now());
  const cert = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const sandbox = await startSandbox({ clock: systemClock, tls: { key, cert } });
  expect(sandbox.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  // The certificate is made for nobody, so only the encryption is tried.
  const status = await new Promise((resolve, reject) => {
    get(`${sandbox.url}/DS/nic`, { rejectUnauthorized: false }, (response) => resolve(response.statusCode)).on(
      'error',
      reject,
    );
  });
  expect(status).toBe(404);
  await sandbox.close();
});

test('a port that is taken is an error, not a silence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(startSandbox({ clock: systemClock, port })).rejects.toThrow('EADDRINUSE');
  other.close();
});
