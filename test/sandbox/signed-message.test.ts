import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, download, list, sandboxAt, valueOf } from './client.ts';

const opensslIsThere = spawnSync('openssl', ['version']).status === 0;

async function fetchSigned(sandbox: Sandbox, dmID: string): Promise<Buffer> {
  const { text } = await call(sandbox, 'SignedMessageDownload', `<dmID>${dmID}</dmID>`);
  return Buffer.from(valueOf(text, 'dmSignature') ?? '', 'base64');
}

async function deliverOne(sandbox: Sandbox, content: Buffer): Promise<string> {
  const files = [{ name: 'výzva.txt', mimeType: 'text/plain', metaType: 'main' as const, content }];
  const { dmID } = sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, annotation: 'Výzva', files });
  await list(sandbox);
  return dmID;
}

const innerOf = (xml: string) => /<p:dmDm.*<\/p:dmDm>/s.exec(xml)?.[0];

test('a signed message is BER with indefinite lengths, its content in segments of a thousand octets', async () => {
  await using sandbox = await sandboxAt();
  const signed = await fetchSigned(sandbox, await deliverOne(sandbox, Buffer.alloc(5_000)));
  expect(signed.subarray(0, 2)).toEqual(Buffer.from([0x30, 0x80]));
  const segment = Buffer.from([0x04, 0x82, 0x03, 0xe8]);
  const first = signed.indexOf(segment);
  expect(signed.subarray(first - 2, first)).toEqual(Buffer.from([0x24, 0x80]));
  expect(signed.indexOf(segment, first + 4)).toBe(first + 1_004);
});

test('two downloads of one message differ in their octets', async () => {
  await using sandbox = await sandboxAt();
  const dmID = await deliverOne(sandbox, Buffer.from('Dobrý den'));
  expect((await fetchSigned(sandbox, dmID)).equals(await fetchSigned(sandbox, dmID))).toBe(false);
});

test('without a time stamp the message comes all the same, with status 0005', async () => {
  await using sandbox = await sandboxAt();
  const dmID = await deliverOne(sandbox, Buffer.from('Dobrý den'));
  sandbox.faults.add({ kind: 'noTimeStamp', operation: 'SignedMessageDownload' });
  const { code, text } = await call(sandbox, 'SignedMessageDownload', `<dmID>${dmID}</dmID>`);
  expect([code, valueOf(text, 'dmSignature') !== undefined]).toEqual(['0005', true]);
});

test.skipIf(!opensslIsThere).each([10, 3_000_000])(
  'openssl verifies the signature over a file of %i octets and finds the message (skipped without openssl)',
  async (size) => {
    await using sandbox = await sandboxAt();
    const dmID = await deliverOne(sandbox, Buffer.alloc(size, 'ď'));
    const folder = mkdtempSync(join(tmpdir(), 'zfo-'));
    try {
      writeFileSync(join(folder, 'dz.zfo'), await fetchSigned(sandbox, dmID));
      const options = ['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', 'dz.zfo', '-out', 'dz.xml'];
      execFileSync('openssl', options, { cwd: folder, stdio: 'ignore' });
      const payload = readFileSync(join(folder, 'dz.xml'), 'utf8');
      expect(payload).toMatch(/^<q:MessageDownloadResponse xmlns:q="http:\/\/isds\.czechpoint\.cz\/v20\/message"/);
      expect(payload).not.toContain('dmStatus>');
      // The message inside has the same octets as the plain download.
      expect(innerOf(payload)).toBe(innerOf((await download(sandbox, dmID)).text));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test.skipIf(!opensslIsThere)('a changed octet of the content is noticed (skipped without openssl)', async () => {
  await using sandbox = await sandboxAt();
  const signed = await fetchSigned(sandbox, await deliverOne(sandbox, Buffer.from('Dobrý den')));
  const place = signed.indexOf('dmAnnotation');
  signed[place] = (signed[place] ?? 0) ^ 1;
  const { status } = spawnSync('openssl', ['cms', '-verify', '-noverify', '-inform', 'DER'], { input: signed });
  expect(status).not.toBe(0);
});
