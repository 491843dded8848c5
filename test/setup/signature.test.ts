/** Apple profiles signed with the key of the TLS certificate. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { mobileconfig } from '../../src/setup/mobileconfig.ts';
import { signed, Signatures } from '../../src/setup/signature.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { announcement, domain, startService } from './service.ts';
import { systemClock } from '../../src/core/index.ts';

const openssl = spawnSync('openssl', ['version']).status === 0;
const PATH = '/postolka.mobileconfig?address=novak12';

/** Key and certificate of a kind of key, as an authority would give them. */
function certified(kind: readonly string[]) {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', ...kind, '-nodes', '-keyout', key, '-out', cert, '-subj', '/CN=x']);
  return { folder, key, cert };
}

test.skipIf(!openssl).each([
  ['RSA', ['rsa:2048']],
  ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
])('a profile signed with %s is whole and verifies (skipped without openssl)', async (_, kind) => {
  const { folder, key, cert } = certified(kind);
  const material = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  const profile = mobileconfig(announcement, `novak12@${domain}`);
  const file = join(folder, 'postolka.mobileconfig');
  writeFileSync(file, await signed(profile, material, Date.now()));
  const verify = ['smime', '-verify', '-binary', '-inform', 'der', '-in', file, '-CAfile', cert, '-purpose', 'any'];
  const { status, stdout } = spawnSync('openssl', verify);
  expect([status, stdout.toString()]).toEqual([0, profile]);
});

test('the service signs what it serves, in DER, when it has a key for that', async () => {
  const service = await startService({ signer: await selfSigned(systemClock) });
  const { status, headers } = await service.ask(`HEAD ${PATH}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/x-apple-aspen-config');
  const unsigned = await (await startService()).ask(`HEAD ${PATH}`);
  expect(Number(headers.get('content-length'))).toBeGreaterThan(Number(unsigned.headers.get('content-length')) + 500);
});

test('a profile is signed once for all who ask, and anew with another certificate', async () => {
  const clock = { time: 0, now: () => clock.time };
  const signatures = new Signatures(clock);
  const [one, other] = [await selfSigned(systemClock), await selfSigned(systemClock)];
  const first = await signatures.around('profil', one);
  clock.time += 60_000;
  expect(await signatures.around('profil', one)).toBe(first);
  expect((await signatures.around('profil', other)).equals(first)).toBe(false);
  expect((await signatures.around('jiný profil', one)).equals(first)).toBe(false);
  clock.time += 60 * 60_000;
  expect(await signatures.around('profil', one)).not.toBe(first);
});

test('a key of a kind that signs no profiles leaves the profile unsigned, and the log says so', async () => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const service = await startService({ signer: { ...(await selfSigned(systemClock)), key } });
  const { status, body } = await service.ask(`GET ${PATH}`);
  expect(status).toBe(200);
  expect(body).toContain('<key>EmailAccountType</key>');
  expect(service.log.join('')).toContain('profile not signed');
});
