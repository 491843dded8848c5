/** The throttle with a real ISDS behind it: what the gate of the sandbox counts, and what mail programs hear. */
import { expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/core/index.ts';
import { openSession } from './pop3-session.ts';
import { startWhole, type Whole } from './whole.ts';

const PASSWORD = 'Kocka-na-okne-9';

async function house(): Promise<Whole> {
  const whole = await startWhole();
  onTestFinished(() => whole.stop());
  return whole;
}

function answer(whole: Whole, login: string, password: string): Promise<string> {
  return openSession(whole.gateway.ports.pop3, login, password).then(
    async (session) => {
      await session.quit();
      return '+OK';
    },
    (error: unknown) => String(error),
  );
}

test('a page in place of an answer to a log-in says so, and the next try is asked', async () => {
  const whole = await house();
  whole.sandbox.faults.add({ kind: 'html200' });
  expect(await answer(whole, 'zofie1', PASSWORD)).toContain('[SYS/TEMP] ISDS na prihlaseni neodpovedel');
  expect(await answer(whole, 'zofie1', PASSWORD)).toBe('+OK');
});

test('a network of strangers is paused after two wrong passwords, who was in before is not', async () => {
  const whole = await house();
  expect(await answer(whole, 'zofie1', PASSWORD)).toBe('+OK');
  expect(await answer(whole, 'cizi001', 'spatne')).toContain('[AUTH]');
  expect(await answer(whole, 'cizi002', 'spatne')).toContain('[AUTH]');
  expect(await answer(whole, 'cizi003', 'spatne')).toContain('[SYS/TEMP] Z vasi site prisla chybna hesla');
  expect(await answer(whole, 'zofie1', PASSWORD)).toBe('+OK');
  expect(whole.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBeLessThanOrEqual(3);
});

test('the program of an owner who changed the password hears that it is asked again, then that it is wrong', async () => {
  const whole = await house();
  const session = await openSession(whole.gateway.ports.pop3, 'zofie1', PASSWORD);
  whole.sandbox.world.logins.get('zofie1')!.password = new Secret('Nove-heslo-1');
  expect(await session.command('STAT')).toMatch(/^-ERR/);
  expect(await answer(whole, 'zofie1', PASSWORD)).toContain('ISDS odmitl heslo, ktere pred chvili platilo');
  expect(await answer(whole, 'zofie1', 'Nove-heslo-1')).toBe('+OK');
});
