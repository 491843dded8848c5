/** A login by certificate with the policy "manual": looking without delivering, then picking up on the user's word. */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { hashPassword } from '../../src/accounts/index.ts';
import { Secret, systemClock } from '../../src/core/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { demoBoxes, demoPopulation, type Sandbox, State } from '../../src/sandbox/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readUidl } from './pop3-session.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole, type Whole } from './whole.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONDAY = Date.parse('2026-11-16T00:00:00+01:00');
const PASSWORD = 'Vánočka z kynutého těsta';
const PROGRAMS = ['spisovka', 'spisovka+telefon', 'spisovka+notebook'];

interface Week extends Whole {
  readonly clock: { time: number; now(): number };
}

async function startWeek(): Promise<Week> {
  const clock = { time: MONDAY, now: () => clock.time };
  const folder = temporaryFolder();
  const tls = await selfSigned(systemClock);
  const passwordHash = await hashPassword(new Secret(PASSWORD));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, tls.cert);

  function configFile(sandbox: Sandbox): string {
    const { certificate, key } = sandbox.issueCertificate(demoBoxes.company);
    const files = { certificate: join(folder, 'spisovka.pem'), key: join(folder, 'spisovka.key') };
    writeFileSync(files.certificate, certificate);
    writeFileSync(files.key, key);
    const path = join(folder, 'postolka.toml');
    const account = { login: 'spisovka', passwordHash, certificateFile: files.certificate, keyFile: files.key };
    const lines = Object.entries(account).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    writeFileSync(path, ['[[certificates]]', ...lines, ''].join('\n'));
    return path;
  }

  const population = { ...demoPopulation(MONDAY), letters: [] };
  const settings = {
    POSTOLKA_ISDS_CA_FILE: caFile,
    POSTOLKA_PICKUP_POLICY: 'manual',
    POSTOLKA_PICKUP_INTERVAL_MINUTES: '5',
  };
  const whole = await startWhole({ clock, tls, configFile, settings, population });
  onTestFinished(() => whole.stop());
  return { ...whole, clock };
}

function letterTo({ sandbox }: Whole, annotation: string): string {
  const content = Buffer.from('Do třiceti dnů…');
  const files = [{ name: 'výzva.txt', mimeType: 'text/plain', metaType: 'main', content }] as const;
  return sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, annotation, files }).dmID;
}

function poll({ gateway }: Whole, name = 'spisovka'): Promise<string[]> {
  return readUidl(gateway.ports.pop3, name, PASSWORD);
}

/** A pipelined session that reads the first mail. */
async function readFirstMail({ gateway }: Whole): Promise<string> {
  const socket = connect(gateway.ports.pop3, '127.0.0.1');
  socket.write(`USER spisovka\r\nPASS ${PASSWORD}\r\nRETR 1\r\nQUIT\r\n`);
  return text(socket);
}

/** What the office's letters have come to. */
function states({ sandbox }: Whole, dmIDs: readonly string[]): number[] {
  return dmIDs.map((dmID) => sandbox.world.message(dmID).state);
}

test('a week of polls by three programs: what waits is noticed, and nothing is delivered', async () => {
  const whole = await startWeek();
  const { clock, sandbox } = whole;
  const letters: string[] = [];
  for (; clock.time < MONDAY + 7 * DAY; clock.time += 30 * MINUTE) {
    if ((clock.time - MONDAY) % (2 * DAY) === DAY) letters.push(letterTo(whole, `Výzva č. ${letters.length + 1}`));
    for (const name of PROGRAMS) expect(await poll(whole, name)).toEqual(letters.map((dmID) => `${dmID}-ceka`));
  }
  expect(letters).toHaveLength(3);
  expect(sandbox.calls.count('GetListOfReceivedMessages')).toBe(0);
  expect(sandbox.calls.count('RegisterForNotifications')).toBe(1);
  expect(sandbox.calls.count('GetListForNotifications')).toBe(7 * 48);
  expect(states(whole, letters)).toEqual([State.arrived, State.arrived, State.arrived]);
  expect(await whole.store.deliveries.newest(undefined, 10)).toEqual([]);
});

test('the notice is read like any mail; the user says "pick up" by mail, and the message comes', async () => {
  const whole = await startWeek();
  await poll(whole);
  const dmID = letterTo(whole, 'Výzva k doplnění');
  whole.clock.time += 30 * MINUTE;
  expect(await poll(whole)).toEqual([`${dmID}-ceka`]);
  const notice = await readFirstMail(whole);
  expect(notice).toContain(`X-ISDS-Message-ID: ${dmID}`);
  expect(notice).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(notice.trimEnd()).toMatch(/\+OK[^\r\n]*$/);

  const answer = await sendMail(whole.gateway.ports.smtp, 'spisovka', PASSWORD, {
    from: `spisovka@${domain}`,
    to: `vyzvednout@${domain}`,
    mail: `From: spisovka@${domain}\r\nTo: vyzvednout@${domain}\r\nSubject: ano\r\n\r\n`,
  });
  expect(answer).toMatch(/^250 /);
  expect(states(whole, [dmID])).toEqual([State.arrived]);
  expect(await poll(whole)).toEqual([dmID]);
  expect(states(whole, [dmID])).toEqual([State.deliveredByLogin]);
  expect(await readFirstMail(whole)).toContain('RG8gdMWZaWNldGkgZG7Fr+KApg==');
  expect(whole.sandbox.calls.count('GetListOfReceivedMessages')).toBe(1);
  expect(await whole.store.deliveries.newest('spisovka', 10)).toMatchObject([
    { account: 'spisovka', reason: 'command', delivered: [dmID] },
  ]);
});

test('the operator says "pick up" by command', async () => {
  const whole = await startWeek();
  await poll(whole);
  const dmID = letterTo(whole, 'Výzva k doplnění');
  await whole.gateway.control({ command: 'pickup', account: 'spisovka' });
  expect(await poll(whole, 'spisovka+telefon')).toEqual([dmID]);
});

test('a certificate sends too', async () => {
  const whole = await startWeek();
  const answer = await sendMail(whole.gateway.ports.smtp, 'spisovka', PASSWORD, {
    from: `${demoBoxes.company}@${domain}`,
    to: `${demoBoxes.office}@${domain}`,
    mail: `From: ${demoBoxes.company}@${domain}\r\nSubject: Zadost\r\n\r\nDobry den\r\n`,
  });
  expect(answer).toMatch(/^250 /);
  expect(whole.sandbox.calls.of('CreateMessage')).toMatchObject([{ path: '/cert/DS/dz', box: demoBoxes.company }]);
});

test('no password of a mail program ever reaches ISDS', async () => {
  const whole = await startWeek();
  await expect(readUidl(whole.gateway.ports.pop3, 'spisovka', 'jiné heslo 1234')).rejects.toThrow('[AUTH]');
  expect(whole.sandbox.calls.all()).toEqual([]);
  await poll(whole);
  expect(whole.sandbox.calls.all().every(({ path }) => path.startsWith('/cert/'))).toBe(true);
  expect(JSON.stringify(whole.log)).not.toContain(PASSWORD);
});
