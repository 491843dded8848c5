/** Faults in the middle of sending: what ISDS has in the end, and how often. */
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

/** Mails of one content differ by their Message-ID alone. */
let mails = 0;

const MINUTE = 60_000;

async function sendingHouse() {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const whole = await startWhole({ clock });
  onTestFinished(() => whole.stop());
  const send = (subject: string) =>
    sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', {
      from: `pekar1@${domain}`,
      to: `${demoBoxes.office}@${domain}`,
      mail: `Subject: ${subject}\r\nMessage-ID: <${mails++}@pocitac>\r\n\r\nDobry den,\r\nposilam podani.`,
    });
  const sent = (subject: string) =>
    whole.sandbox.world.messagesOf(demoBoxes.company, 'sender').filter(({ annotation }) => annotation === subject);
  return { whole, clock, send, sent };
}

test('the answer of ISDS is lost: the repetition gets the number of the message that was sent', async () => {
  const { whole, clock, send, sent } = await sendingHouse();
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'lostAnswer' });
  expect(await send('Podani')).toMatch(/^451 4\.3\.0 /);
  expect(await send('Podani')).toMatch(/^451 4\.3\.0 /);
  clock.ahead += 3 * MINUTE;
  const [message] = sent('Podani');
  expect(await send('Podani')).toContain(`250 2.0.0 Datová zpráva ${message?.dmID} už byla odeslána`);
  expect(sent('Podani')).toHaveLength(1);
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(1);
});

test('ISDS broke down before it took the message: the repetition sends it', async () => {
  const { whole, clock, send, sent } = await sendingHouse();
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'status', code: '9005' });
  expect(await send('Podani')).toMatch(/^451 4\.3\.0 /);
  clock.ahead += 3 * MINUTE;
  expect(await send('Podani')).toMatch(/^250 2\.0\.0 .* odeslána/);
  expect(sent('Podani')).toHaveLength(1);
});

test('the list that settles the doubt delivers nothing', async () => {
  const { whole, clock, send } = await sendingHouse();
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'lostAnswer' });
  await send('Podani');
  clock.ahead += 3 * MINUTE;
  await send('Podani');
  expect(whole.sandbox.calls.count('GetListOfReceivedMessages')).toBe(0);
  expect(whole.sandbox.calls.count('GetListOfSentMessages')).toBe(2);
  expect(whole.sandbox.calls.count('SignedSentMessageDownload')).toBe(1);
});

test('a file name that ISDS rewrites is known again', async () => {
  const { whole, clock, sent } = await sendingHouse();
  const name = encodeURIComponent('Příloha\u00a0č.\u202f1\u00ad.txt');
  const mail = `Subject: Podani\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''${name}\r\n\r\nobsah`;
  const send = () =>
    sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', {
      from: `pekar1@${domain}`,
      to: `${demoBoxes.office}@${domain}`,
      mail,
    });
  whole.sandbox.faults.add({ operation: 'CreateMessage', kind: 'lostAnswer' });
  expect(await send()).toMatch(/^451 4\.3\.0 /);
  clock.ahead += 3 * MINUTE;
  expect(await send()).toContain('už byla odeslána');
  expect(sent('Podani')[0]?.files[0]?.name).toBe('Příloha č. 1.txt');
});

test('a clock that was a day ahead when a mail was sent swallows no identical mail once it is set right', async () => {
  const isds = { passed: 0, now: () => Date.now() + isds.passed };
  const clock = { ahead: 24 * 60 * MINUTE, now: () => isds.now() + clock.ahead, elapsed: () => isds.now() };
  const whole = await startWhole({ clock, isdsClock: isds });
  onTestFinished(() => whole.stop());
  const send = () =>
    sendMail(whole.gateway.ports.smtp, 'pekar1', 'Chleba-2026', {
      from: `pekar1@${domain}`,
      to: `${demoBoxes.office}@${domain}`,
      mail: 'Subject: Měsíční hlášení\r\n\r\nBeze změny.',
    });
  expect(await send()).toMatch(/^250 2\.0\.0 .* odeslána/);
  clock.ahead = 0;
  isds.passed += 5 * MINUTE;
  expect(await send()).toContain('už byla odeslána');
  // The program did not say that it heard, so that the first result is kept for a day.
  isds.passed += 25 * 60 * MINUTE;
  expect(await send()).toMatch(/^250 2\.0\.0 .* odeslána/);
  expect(whole.sandbox.calls.count('CreateMessage')).toBe(2);
});
