/** A gateway set to English answers a reading program in English. */
import { expect, test } from 'vitest';
import { NAME, PASSWORD } from './fakes.ts';
import { connect, gateway } from './gateway.ts';

test('greeting, answers, rejections and refusals are told in English', async () => {
  const to = await gateway({ language: 'en', clock: { now: () => Date.parse('2026-11-22T00:00:00Z') } });
  to.accounts.expiry = new Date('2026-12-01T22:30:00Z');
  const client = connect(to);
  expect(await client.line()).toMatch(/^\+OK ds\.example\.cz Postolka \(session [a-z]{8}\)$/);
  expect(await client.command('STAT')).toMatch(/^-ERR Log in first \(session [a-z]{8}\)$/);
  expect(await client.command(`USER ${NAME}`)).toBe('+OK Send the password');
  expect(await client.command('PASS spatne')).toMatch(
    /^-ERR \[AUTH\] Wrong login or password of the data box\. .* \(session [a-z]{8}\)$/,
  );
  await client.command(`USER ${NAME}`);
  expect(await client.command(`PASS ${PASSWORD}`)).toBe(
    '+OK Data box hjyaavk, Obec Pribram; the password expires on 1 December 2026, change it on the portal',
  );
  expect(await client.command('RETR 77')).toMatch(/^-ERR There is no message 77 \(session/);
  expect(await client.command('DELE 1')).toBe('+OK Message 1 will be deleted');
  expect(await client.command('QUIT')).toBe('+OK Goodbye');
});
