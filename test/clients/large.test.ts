/** Ninety-five megabytes through real mail programs, with a gateway whose memory is watched. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Separate, startSeparate } from '../whole/separate.ts';
import { company } from './house.ts';
import { has, newHome, run, writePrivate } from './programs.ts';
import { write } from './thunderbird/composing.ts';
import { takePrompts } from './thunderbird/prompts.ts';
import { skipped, Stage } from './thunderbird/stage.ts';

/** Sending, encoding on both sides and checking on a busy computer with two cores. */
const LONG_MS = 180_000;

/** MiB: a guard against holding the mail, which is 130 MB as it is transferred and needs as much again to be taken apart. */
const MOST_MEMORY = 300;

const FILES = ['výkresy – část první.pdf', 'výkresy – část druhá.pdf'];
const FILE_OCTETS = 47_500_000;

function makeFiles(): { paths: readonly string[]; digests: readonly string[] } {
  const folder = temporaryFolder();
  const contents = FILES.map((name) => Buffer.alloc(FILE_OCTETS, `%PDF-1.7 ${name}: příliš žluťoučký kůň.\n`));
  const paths = FILES.map((name) => join(folder, name));
  for (const [index, path] of paths.entries()) writeFileSync(path, contents[index]!);
  return { paths, digests: contents.map((content) => createHash('sha256').update(content).digest('hex')) };
}

function expectArrived({ sandbox, peakMemory }: Separate, digests: readonly string[]): void {
  const [message] = sandbox.world.messagesOf(demoBoxes.office, 'recipient');
  expect(message).toMatchObject({ vodz: true, annotation: 'Dokumentace stavby' });
  const files = message!.files.slice(0, 2);
  expect(files.map(({ name }) => name)).toEqual(FILES);
  expect(files.map(({ content }) => createHash('sha256').update(octetsOf(content)).digest('hex'))).toEqual(digests);
  const operations = sandbox.calls.all().map(({ operation }) => operation);
  expect(operations.filter((operation) => operation?.startsWith('Create'))).toEqual(['CreateBigMessage']);
  expect(operations.filter((operation) => operation === 'UploadAttachment')).toHaveLength(3);
  const peak = Math.round(peakMemory());
  process.stdout.write(`95 MB sent: peak memory of the gateway ${peak} MiB\n`);
  expect(peak).toBeLessThan(MOST_MEMORY);
}

async function openSeparate(): Promise<Separate> {
  const separate = await startSeparate();
  onTestFinished(() => separate.stop());
  return separate;
}

const knowsTls = String(spawnSync('swaks', ['--support']).stdout).includes('=== TLS supported');

describe.skipIf(!has('swaks') || !knowsTls)('swaks (skipped without it or its TLS)', { timeout: LONG_MS }, () => {
  test('sends 95 MB', async () => {
    const { paths, digests } = makeFiles();
    const house = await openSeparate();
    const home = await newHome();
    const trust = await writePrivate(home, 'brana.pem', house.gateway.certificate);
    const attachments = paths.flatMap((path, index) => [
      ['--attach-type', 'application/pdf', '--attach-name', FILES[index]!, '--attach', `@${path}`],
    ]);
    const args = [
      ['--server', 'localhost', '--port', String(house.gateway.ports.smtpTls), '--tls-on-connect'],
      ['--tls-verify', '--tls-ca-path', trust, '--timeout', '100', '--hide-send'],
      ['--auth', 'PLAIN', '--auth-user', company.user, '--auth-password', company.password],
      ['--from', `${company.user}@${house.domain}`, '--to', `${demoBoxes.office}@${house.domain}`],
      ['--header', 'Subject: Dokumentace stavby', '--attach-type', 'text/plain; charset=utf-8'],
      ['--attach-body', 'Dobrý den, posíláme dokumentaci.'],
      ...attachments,
    ];
    const { code, said } = await run('swaks', args.flat(), { home, timeLimitMs: LONG_MS });
    expect(said).toMatch(/^<.*250 2\.0\.0 Datová zpráva \d+ odeslána/m);
    expect(code).toBe(0);
    expectArrived(house, digests);
  });
});

describe.skipIf(skipped)('a real Thunderbird (skipped where none is installed)', { timeout: LONG_MS }, () => {
  test('sends 95 MB', async () => {
    const { paths, digests } = makeFiles();
    const house = await openSeparate();
    const stage = await Stage.open(house);
    try {
      await stage.addAccount();
      const letter = { subject: 'Dokumentace stavby', text: 'Dobrý den, posíláme dokumentaci.' };
      const to = [stage.addressOf(demoBoxes.office)];
      const sent = await write(stage.chrome, { ...letter, to, attachments: paths });
      const prompts = await takePrompts(stage.chrome);
      // The log is there for the case that something else was shown.
      expect({ prompts, log: house.log.slice(-10) }).toMatchObject({
        prompts: [expect.stringContaining('send a message of size 124 MB')],
      });
      expect(sent).toBe(true);
      expectArrived(house, digests);
    } finally {
      await stage.leave();
    }
  });
});
