/** Keys and certificates that do not belong together, and certificates that have ended. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { openCertificates, refuseUnusable, selfSigned } from '../../src/certificates/index.ts';
import { loadConfig } from '../../src/config/index.ts';
import { createLog, systemClock } from '../../src/core/index.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';

const pem = (type: 'rsa' | 'ec'): string => {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

test.each(['rsa', 'ec'] as const)(
  'a key of its own kind or another (%s) is refused by the name of the setting',
  async (type) => {
    const { cert } = await selfSigned(systemClock, ['a.cz']);
    expect(() => refuseUnusable('tls', { cert, key: pem(type) })).toThrow(
      'tls: certificate and key are not usable: the key does not belong to the certificate',
    );
  },
);

test('key and certificate in the place of one another are told so', async () => {
  const { cert, key } = await selfSigned(systemClock, ['a.cz']);
  expect(() => refuseUnusable('tls', { cert: key, key: cert })).toThrow('there is no certificate in it, but a key');
});

test('a certificate that has ended stands in the log', async () => {
  const folder = temporaryFolder();
  const { cert, key } = await selfSigned(systemClock, ['a.cz']);
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const config = loadConfig(undefined, {
    POSTOLKA_DOMAIN: 'a.cz',
    POSTOLKA_TLS_CERTIFICATE_FILE: join(folder, 'cert.pem'),
    POSTOLKA_TLS_KEY_FILE: join(folder, 'key.pem'),
  });
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const inTenYears = { now: () => Date.now() + 10 * 366 * 24 * 60 * 60_000 };
  const certificates = await openCertificates(config, inTenYears, log);
  await certificates.recheck();
  await certificates.stop();
  expect(lines.filter((line) => line.includes('certificate has ended'))).toHaveLength(1);
});
