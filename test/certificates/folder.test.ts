/** What an authority gave, on the disk. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AcmeFolder, selfSigned } from '../../src/certificates/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { systemClock } from '../../src/core/index.ts';

const DIRECTORY = 'https://acme-v02.api.letsencrypt.org/directory';

test('key and chain come back as they were kept, in one file that only the owner may read', async () => {
  const path = temporaryFolder();
  const folder = new AcmeFolder(path, DIRECTORY);
  expect(await folder.certificate()).toBeUndefined();
  const [first, second] = [await selfSigned(systemClock, ['a.cz']), await selfSigned(systemClock, ['b.cz'])];
  for (const pair of [first, second]) {
    await folder.keepCertificate(pair);
    expect(await folder.certificate()).toEqual({ key: pair.key, cert: pair.cert });
  }
  const file = join(path, 'acme', 'acme-v02.api.letsencrypt.org-directory', 'certificate.pem');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what one authority gave is not shown in the name of another', async () => {
  const path = temporaryFolder();
  const trial = new AcmeFolder(path, 'https://acme-staging-v02.api.letsencrypt.org/directory');
  await trial.keepCertificate(await selfSigned(systemClock));
  await trial.keepAccountKey('klíč');
  const real = new AcmeFolder(path, DIRECTORY);
  expect([await real.certificate(), await real.accountKey()]).toEqual([undefined, undefined]);
});

test('a directory address cannot lead out of the data directory', async () => {
  const path = temporaryFolder();
  await new AcmeFolder(path, 'https://a.cz/../../../tmp/%2e%2e/..//x').keepAccountKey('klíč');
  expect(statSync(join(path, 'acme')).isDirectory()).toBe(true);
});

test('a file that is no certificate counts as none', async () => {
  const path = temporaryFolder();
  const folder = new AcmeFolder(path, DIRECTORY);
  await folder.keepCertificate(await selfSigned(systemClock));
  writeFileSync(join(path, 'acme', 'acme-v02.api.letsencrypt.org-directory', 'certificate.pem'), 'něco jiného');
  expect(await folder.certificate()).toBeUndefined();
});
