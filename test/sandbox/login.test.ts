import { expect, test } from 'vitest';
import {
  ADDRESS_BLOCK_MS,
  ADDRESS_FAILURES,
  LOGIN_BLOCK_MS,
  LOGIN_FAILURES,
  type Sandbox,
} from '../../src/sandbox/index.ts';
import { Secret } from '../../src/core/index.ts';
import { basic, call, loginOf, operationXml, postRaw, sandboxAt, soap } from './client.ts';

const WRONG = 'You either supplied the wrong credentials (e.g., bad password)';
const BLOCKED = 'Prihlaseni blokovano do / Login blocked until:';

async function tryLogin(sandbox: Sandbox, authorization: string | undefined) {
  const headers = authorization === undefined ? {} : { authorization };
  return postRaw(sandbox, '/DS/dz', soap(operationXml('DummyOperation', '')), { ...headers });
}

async function fail(sandbox: Sandbox, times: number, name = 'pekar1') {
  for (let count = 0; count < times; count++) await tryLogin(sandbox, basic(name, 'spatne heslo'));
}

test('a wrong password is a 401 whose page says so', async () => {
  await using sandbox = await sandboxAt();
  const reply = await tryLogin(sandbox, basic('pekar1', 'spatne'));
  expect(reply.http).toBe(401);
  expect(reply.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  expect(reply.text).toContain('Authentication required!');
  expect(reply.text).toContain(WRONG);
});

test('a password may contain colons and spaces', async () => {
  await using sandbox = await sandboxAt();
  expect((await tryLogin(sandbox, loginOf('pekar2'))).code).toBe('0000');
});

test('an unknown login, an expired password and none at all look like a wrong password', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.login('zofie1').passwordExpiresAt = sandbox.clock.now();
  for (const authorization of [basic('nikdo1', 'Heslo-1234'), loginOf('zofie1'), undefined, 'Bearer x']) {
    const reply = await tryLogin(sandbox, authorization);
    expect([reply.http, reply.text.includes(WRONG)]).toEqual([401, true]);
  }
});

test('a changed password is the one that counts', async () => {
  await using sandbox = await sandboxAt();
  sandbox.world.login('pekar1').password = new Secret('Nove-Heslo-1');
  expect((await tryLogin(sandbox, loginOf('pekar1'))).http).toBe(401);
  expect((await tryLogin(sandbox, basic('pekar1', 'Nove-Heslo-1'))).code).toBe('0000');
});

test('repeated failures block the account until a Czech time of day, for the right password too', async () => {
  await using sandbox = await sandboxAt('2026-11-20T09:00:00.000Z');
  await fail(sandbox, LOGIN_FAILURES);
  const reply = await tryLogin(sandbox, loginOf('pekar1'));
  expect([reply.http, reply.text.includes(WRONG)]).toEqual([401, false]);
  expect(reply.text).toContain(`${BLOCKED} 10:15:00`);
  expect((await tryLogin(sandbox, loginOf('zofie1'))).code).toBe('0000');
  sandbox.clock.turn(LOGIN_BLOCK_MS);
  expect((await tryLogin(sandbox, loginOf('pekar1'))).code).toBe('0000');
});

test('a success in between starts the count of the account anew', async () => {
  await using sandbox = await sandboxAt();
  await fail(sandbox, LOGIN_FAILURES - 1);
  await tryLogin(sandbox, loginOf('pekar1'));
  await fail(sandbox, 1);
  expect((await tryLogin(sandbox, loginOf('pekar1'))).code).toBe('0000');
});

test('six failures within an hour block the address for everybody, with a page that names no reason', async () => {
  await using sandbox = await sandboxAt();
  for (let count = 0; count < ADDRESS_FAILURES; count++) await fail(sandbox, 1, `nikdo${count}`);
  const reply = await tryLogin(sandbox, loginOf('zofie1'));
  expect(reply.http).toBe(401);
  expect(reply.text).toContain('Authentication required!');
  expect(reply.text).not.toContain(WRONG);
  expect(reply.text).not.toContain(BLOCKED);
  sandbox.clock.turn(ADDRESS_BLOCK_MS);
  expect((await tryLogin(sandbox, loginOf('zofie1'))).code).toBe('0000');
});

test('every further failure of a blocked address prolongs the block', async () => {
  await using sandbox = await sandboxAt();
  await fail(sandbox, ADDRESS_FAILURES + 1);
  sandbox.clock.turn(ADDRESS_BLOCK_MS);
  expect((await tryLogin(sandbox, loginOf('zofie1'))).http).toBe(401);
  sandbox.clock.turn(ADDRESS_BLOCK_MS);
  expect((await tryLogin(sandbox, loginOf('zofie1'))).http).toBe(200);
});

test('failures older than an hour are forgotten', async () => {
  await using sandbox = await sandboxAt();
  await fail(sandbox, ADDRESS_FAILURES - 1, 'nikdo1');
  sandbox.clock.turn(ADDRESS_BLOCK_MS);
  await fail(sandbox, 1, 'nikdo2');
  expect((await tryLogin(sandbox, loginOf('zofie1'))).code).toBe('0000');
});

test('a test can block and forgive without failing first', async () => {
  await using sandbox = await sandboxAt();
  sandbox.guard.blockLogin('pekar1', sandbox.clock.now() + 60_000);
  expect((await tryLogin(sandbox, loginOf('pekar1'))).text).toContain(BLOCKED);
  sandbox.guard.forgive();
  expect((await call(sandbox, 'DummyOperation', '')).code).toBe('0000');
});
