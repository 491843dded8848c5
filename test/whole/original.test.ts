/** The signed original that arrives in a mail program is what OpenSSL takes for one. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openSession } from './pop3-session.ts';
import { startWhole } from './whole.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!hasOpenssl)('the original of a received mail verifies with openssl (skipped without it)', async () => {
  const whole = await startWhole();
  onTestFinished(() => whole.stop());
  const session = await openSession(whole.gateway.ports.pop3, 'pekar1', 'Chleba-2026');
  await session.command('STAT');
  const mail = await simpleParser((await session.list('RETR 1')).join('\r\n'));
  await session.quit();
  const original = mail.attachments.at(-1);
  expect(original?.filename).toMatch(/^DZ_\d+\.zfo$/);
  expect(original?.contentType).toBe('application/vnd.software602.filler.form-xml-zip');
  const path = join(temporaryFolder(), 'original.zfo');
  writeFileSync(path, original?.content ?? '');
  // The sandbox's own authority is not to be trusted, but what it sealed must be whole.
  const verified = spawnSync('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-noverify', '-in', path]);
  expect(verified.stderr.toString()).toContain('CMS Verification successful');
  const [file] = mail.attachments;
  expect(verified.stdout.toString().replace(/\s+/g, '')).toContain(file?.content.toString('base64') ?? 'nic');
});
