/** Archives of programs that we did not write: what they make travels. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkFiles } from '../../src/attachments/index.ts';
import { fileOf, pdf } from './samples.ts';

const limits = { maxFiles: 50, maxTotalOctets: 20_000_000 };
const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'archives-'));
writeFileSync(join(folder, 'žaloba.pdf'), pdf);
afterAll(() => rmSync(folder, { recursive: true }));

async function problemsOf(name: string): Promise<unknown[]> {
  const { problems } = await checkFiles([fileOf('spis.zip', readFileSync(join(folder, name)))], limits);
  return problems.map(({ reason }) => reason);
}

/** Runs a program that writes an archive to `target`. */
function python(target: string, lines: readonly string[]): void {
  const script = ['import zipfile, sys, io', `target = ${JSON.stringify(target)}`, ...lines].join('\n');
  const { status, stderr } = spawnSync('python3', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}

/** An output that cannot be rewound, so that sizes come behind the data. */
const STREAM = [
  'class Pipe(io.RawIOBase):',
  '    def __init__(self, file): self.file = file',
  '    def writable(self): return True',
  '    def seekable(self): return False',
  '    def write(self, data): return self.file.write(data)',
];

describe.skipIf(!works('python3', '-c', 'import zipfile'))('zipfile of Python (skipped without python3)', () => {
  test.each([
    ['packed', 'zipfile.ZIP_DEFLATED', []],
    ['stored', 'zipfile.ZIP_STORED', []],
    ['bzip2', 'zipfile.ZIP_BZIP2', ['archive-compression']],
    ['lzma', 'zipfile.ZIP_LZMA', ['archive-compression']],
  ])('%s files', async (kind, method, expected) => {
    python(`${kind}.zip`, [
      `archive = zipfile.ZipFile(target, 'w', ${method})`,
      "archive.mkdir('podklady')",
      "archive.write('žaloba.pdf', 'podklady/žaloba.pdf')",
      "archive.writestr('obce.csv', 'obec;počet\\n' * 1000)",
      "archive.comment = 'spis č. 1'.encode()",
      'archive.close()',
    ]);
    expect(await problemsOf(`${kind}.zip`)).toEqual(expected);
  });

  test.each([
    ['packed', 'zipfile.ZIP_DEFLATED', []],
    ['stored', 'zipfile.ZIP_STORED', ['archive-size-missing']],
  ])('%s files written into a stream', async (kind, method, expected) => {
    python(`stream-${kind}.zip`, [
      ...STREAM,
      "with open(target, 'wb') as file, zipfile.ZipFile(Pipe(file), 'w', " + method + ') as archive:',
      "    archive.write('žaloba.pdf')",
    ]);
    expect(await problemsOf(`stream-${kind}.zip`)).toEqual(expected);
  });

  test('sizes in ZIP64 fields', async () => {
    python('large.zip', [
      "with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as archive:",
      "    with archive.open('žaloba.pdf', 'w', force_zip64=True) as member: member.write(open('žaloba.pdf', 'rb').read())",
    ]);
    expect(await problemsOf('large.zip')).toEqual([]);
  });

  test('files added later', async () => {
    python('added.zip', [
      "zipfile.ZipFile(target, 'w').write('žaloba.pdf', 'první.pdf')",
      "zipfile.ZipFile(target, 'a').write('žaloba.pdf', 'druhý.pdf')",
    ]);
    expect(await problemsOf('added.zip')).toEqual([]);
  });
});

function infoZip(...args: string[]): void {
  expect(spawnSync('zip', args, { cwd: folder }).status).toBe(0);
}

describe.skipIf(!works('zip', '--version'))('Info-ZIP (skipped without zip)', () => {
  test('a plain archive', async () => {
    infoZip('plain.zip', 'žaloba.pdf');
    expect(await problemsOf('plain.zip')).toEqual([]);
  });

  test('an archive from a pipe', async () => {
    const { stdout } = spawnSync('zip', ['-', 'žaloba.pdf'], { cwd: folder });
    writeFileSync(join(folder, 'piped.zip'), stdout);
    expect(await problemsOf('piped.zip')).toEqual([]);
  });

  test('an archive with a password', async () => {
    infoZip('-P', 'tajné', 'locked.zip', 'žaloba.pdf');
    expect(await problemsOf('locked.zip')).toEqual(['archive-encrypted']);
  });

  test('an archive in parts', async () => {
    writeFileSync(
      join(folder, 'velký.pdf'),
      Buffer.concat([pdf, crypto.getRandomValues(Buffer.alloc(65_536)), crypto.getRandomValues(Buffer.alloc(65_536))]),
    );
    infoZip('-s', '64k', 'parts.zip', 'velký.pdf');
    expect(await problemsOf('parts.zip')).toEqual(['archive-split']);
    expect(await problemsOf('parts.z01')).toEqual(['archive-split']);
  });
});

function openssl(...args: string[]): void {
  expect(spawnSync('openssl', args, { cwd: folder })).toMatchObject({ status: 0 });
}

describe.skipIf(!works('openssl', 'version'))('OpenSSL (skipped without openssl)', () => {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-subj', '/CN=Šťastný', '-utf8'];
  const signer = ['-signer', 'cert.pem', '-inkey', 'key.pem', '-in', 'žaloba.pdf', '-binary'];

  test.each([
    ['a certificate', 'úřad.cer', ['x509', '-in', 'cert.pem', '-outform', 'DER'], []],
    ['a certificate with explanation', 'úřad.crt', ['x509', '-in', 'cert.pem', '-text'], []],
    ['a detached signature', 'žaloba.pdf.p7s', ['cms', '-sign', ...signer, '-outform', 'DER'], []],
    ['a signed file', 'žaloba.p7m', ['cms', '-sign', '-nodetach', '-stream', ...signer, '-outform', 'DER'], []],
    ['a signature in PEM', 'žaloba.p7s', ['cms', '-sign', ...signer, '-outform', 'PEM'], []],
    ['certificates alone', 'řetěz.p7b', ['crl2pkcs7', '-nocrl', '-certfile', 'cert.pem', '-outform', 'DER'], []],
    ['a private key', 'úřad.crt', ['pkey', '-in', 'key.pem'], ['file-unrecognised']],
    ['a certificate request', 'úřad.cer', ['req', '-new', '-key', 'key.pem', '-subj', '/CN=x'], ['file-unrecognised']],
  ])('%s', async (_, name, command, expected) => {
    openssl('req', '-x509', '-days', '2', '-out', 'cert.pem', ...key);
    openssl(...command, '-out', 'made');
    const { problems } = await checkFiles([fileOf(name, readFileSync(join(folder, 'made')))], limits);
    expect(problems.map(({ reason }) => reason)).toEqual(expected);
  });
});

describe.skipIf(!works('convert', '-version'))('ImageMagick (skipped without convert)', () => {
  test.each(['png', 'gif', 'jpg', 'tif'])('a picture as %s', async (extension) => {
    const name = `obrázek.${extension}`;
    expect(spawnSync('convert', ['-size', '8x8', 'xc:red', name], { cwd: folder }).status).toBe(0);
    const { problems } = await checkFiles([fileOf(name, readFileSync(join(folder, name)))], limits);
    expect(problems).toEqual([]);
  });
});
