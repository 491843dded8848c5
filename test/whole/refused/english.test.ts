/** The same mails before a gateway set to English: no Czech is left in its own words. */
import { expect, onTestFinished, test } from 'vitest';
import { openSession } from '../pop3-session.ts';
import { startWhole } from '../whole.ts';
import { Connections } from './connections.ts';
import { composing } from './mails.ts';
import { addressing } from './recipients.ts';

/** File names and what ISDS said are not ours to translate. */
const NOT_OURS = /“[^”]*”|ISDS says: [^[]*/g;

/** Letters that English has not, and the Czech words of ours that have none of them. */
const CZECH = /[áčďéěíňóřšťúůýž]|\b(?:relace|nebo|archiv)\b/i;

test('refusals over SMTP and POP3 are English throughout', { timeout: 60_000 }, async () => {
  const settings = { POSTOLKA_LANGUAGE: 'en', POSTOLKA_SENDING_MAX_TOTAL_MEGABYTES: '1', POSTOLKA_SENDING_BODY: 'txt' };
  const whole = await startWhole({ settings });
  onTestFinished(() => whole.stop());
  const connections = new Connections(whole);
  for (const { mails } of [...addressing, ...composing]) {
    for (const mail of mails) {
      if (mail.fault !== undefined) whole.sandbox.faults.add(mail.fault);
      const lines = (await connections.reply(mail)).trimEnd().split('\r\n');
      expect(lines[0]).toContain(' (session …');
      for (const line of lines) expect(line.replace(NOT_OURS, '')).not.toMatch(CZECH);
    }
  }
  const login = openSession(whole.gateway.ports.pop3, 'urad01', 'spatne-heslo');
  await expect(login).rejects.toThrow(
    /^-ERR \[AUTH\] Wrong login or password of the data box\. .* \(session [a-z]{8}\)$/,
  );
});
