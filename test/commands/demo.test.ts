/** The demo as somebody tries it out: the banner, the accounts in it, and the commands that ask a running gateway. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { openSession, readUidl } from '../whole/pop3-session.ts';
import { sendMail } from '../whole/smtp-session.ts';
import { postolka } from './postolka.ts';

const DOMAIN = 'datovka.localhost';
const ANY_PORTS = {
  POSTOLKA_POP3_TLS_PORT: '0',
  POSTOLKA_POP3_START_TLS_PORT: '0',
  POSTOLKA_SMTP_TLS_PORT: '0',
  POSTOLKA_SMTP_START_TLS_PORT: '0',
  POSTOLKA_SETUP_HTTP_PORT: '0',
};
const BANNER =
  /POP3 .* (\d+) STARTTLS\n.*SMTP .* (\d+) STARTTLS[\s\S]* pekarna@\S+ {2}(\S+) [\s\S]*curl -k -u .*pop3s:[\s\S]*--config (\S+)\n[\s\S]*Stop with/;

async function startDemo(settings: Readonly<Record<string, string>> = {}) {
  const running = postolka(['demo'], { ...ANY_PORTS, ...settings });
  onTestFinished(() => void running.process.kill('SIGKILL'));
  const [, pop3, smtp, password = '', settingsFile = ''] = await running.output(BANNER);
  const ask = (...words: readonly string[]) => postolka([...words, '--config', settingsFile]).ended;
  return { running, pop3: Number(pop3), smtp: Number(smtp), password, settingsFile, ask };
}

test('what the banner says works: accounts, ports, commands', async () => {
  const { pop3, password, ask } = await startDemo();
  const session = await openSession(pop3, `pekarna@${DOMAIN}`, password);
  expect(await session.list('UIDL')).not.toEqual([]);
  await session.quit();
  expect(await ask('deliveries')).toMatchObject({
    status: 0,
    output: expect.stringMatching(/ pekarna .* delivered \d/),
  });
  expect(await ask('logins')).toMatchObject({ status: 0 });
  expect(await ask('health')).toMatchObject({ status: 0 });
});

test('with the policy "manual" waiting messages are noticed, and picked up after the command', async () => {
  const { pop3, smtp, password, ask } = await startDemo({ POSTOLKA_PICKUP_POLICY: 'manual' });
  expect(await readUidl(pop3, 'pekarna', password)).toEqual([]);
  const sent = await sendMail(smtp, 'urad01', 'Podatelna-1234', {
    from: `urad01@${DOMAIN}`,
    to: `${demoBoxes.company}@${DOMAIN}`,
    mail: `From: urad01@${DOMAIN}\r\nTo: ${demoBoxes.company}@${DOMAIN}\r\nSubject: Vyzva\r\n\r\nDo 30 dnu.\r\n`,
  });
  const [, dmID] = /(\d{10})/.exec(sent) ?? [];
  expect(await readUidl(pop3, 'pekarna', password)).toEqual([`${dmID}-ceka`]);
  expect((await ask('pickup', 'pekarna')).status).toBe(0);
  expect(await readUidl(pop3, 'pekarna', password)).toContain(dmID);
});

test('nothing is left behind, and a data folder that is set is not touched', async () => {
  const { running, settingsFile } = await startDemo({ POSTOLKA_DATA_DIRECTORY: '/nonexistent' });
  expect(existsSync(settingsFile)).toBe(true);
  running.process.kill('SIGINT');
  expect((await running.ended).status).toBe(0);
  expect(existsSync(dirname(settingsFile))).toBe(false);
});
