import { describe, expect, test } from 'vitest';
import { failureOf, NOON_IN_PRAGUE } from './failure-of.ts';
import { type Answer, answers, CREDENTIALS, http, isdsAt, startFakeIsds } from './fake-isds.ts';

const GATE = '<html><body><h1>Authentication required!</h1><p>Could not verify that you are authorized.';

function denial(text: string): Answer {
  return (response) => {
    response.writeHead(401, {
      'content-type': 'text/html; charset=utf-8',
      date: new Date(NOON_IN_PRAGUE).toUTCString(),
    });
    response.end(`${GATE} ${text}</p></body></html>`);
  };
}

describe('401', () => {
  test('with the words about credentials is a wrong password', async () => {
    expect(await failureOf(denial('You either supplied the wrong credentials (e.g., bad password)'))).toEqual({
      kind: 'wrong-credentials',
    });
  });

  test('with a time later today blocks the account until then', async () => {
    expect(await failureOf(denial('Prihlaseni blokovano do / Login blocked until: 13:04:39'))).toEqual({
      kind: 'account-blocked',
      until: new Date('2026-11-20T13:04:39+01:00'),
    });
  });

  test('with a time that is past blocks the account until tomorrow', async () => {
    expect(await failureOf(denial('Login blocked until: 00:10:00'))).toEqual({
      kind: 'account-blocked',
      until: new Date('2026-11-21T00:10:00+01:00'),
    });
  });

  test('the time of day is one of ISDS’s own clock, however ours is set', async () => {
    const fake = await startFakeIsds(denial('Login blocked until: 13:04:39'));
    const account = isdsAt(fake.url, { now: NOON_IN_PRAGUE + 86_400_000 }).account(CREDENTIALS);
    await expect(account.checkBox('urad453')).rejects.toMatchObject({
      failure: { kind: 'account-blocked', until: new Date('2026-11-20T13:04:39+01:00') },
    });
  });

  test('with a time nobody can read blocks the account all the same', async () => {
    expect(await failureOf(denial('Login blocked until: brzy'))).toEqual({ kind: 'account-blocked', until: undefined });
  });

  test('of the gate with neither text is about our address', async () => {
    expect(await failureOf(denial(''))).toEqual({ kind: 'address-blocked' });
  });

  test.each(['', 'Heslo vypršelo'])('of an unknown page (%j) is about this login alone', async (page) => {
    expect(await failureOf(http(401, 'text/html', page))).toEqual({ kind: 'wrong-credentials' });
  });

  test('attack: an endless page is not read to its end', async () => {
    const failure = await failureOf((response) => {
      response.writeHead(401, { 'content-type': 'text/html' });
      const more = (): void => {
        while (!response.destroyed && response.write('Authentication required '.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    expect(failure).toEqual({ kind: 'address-blocked' });
  });

  test('a login with a colon is refused without asking: its rest would become part of the password', async () => {
    const fake = await startFakeIsds(answers('X', ''));
    const account = isdsAt(fake.url).account({ ...CREDENTIALS, login: 'abc:123' });
    await expect(account.checkBox('urad453')).rejects.toMatchObject({ kind: 'wrong-credentials' });
    expect(fake.received).toEqual([]);
  });
});
