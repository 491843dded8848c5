/** A client from elsewhere without TLS; the address is made foreign, because a test has no other network than this computer. */
import { expect, test, vi } from 'vitest';
import { Client, plainToken } from './client.ts';
import { OWN, startGateway } from './gateway.ts';

vi.mock('../../src/net/index.ts', async (original) => ({
  ...(await original<typeof import('../../src/net/index.ts')>()),
  isLoopback: () => false,
}));

test('without TLS no login is offered, and the refusal tells what to switch on', async () => {
  const gateway = await startGateway({ mode: 'starttls' });
  const client = await Client.connect(gateway, 'plain');
  expect(await client.command('EHLO x')).not.toContain('AUTH');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^530 5\.7\.0 .*Zapněte/);
  expect(await client.command(`MAIL FROM:<${OWN}>`)).toMatch(/^530 5\.7\.0 .*STARTTLS/);
  expect(await client.command('MAIL FROM:<>')).toMatch(/^530 5\.7\.0 /);
  expect(gateway.attempts).toEqual([]);
});

test('under TLS the login is offered again', async () => {
  const client = await Client.connect(await startGateway({ mode: 'starttls' }), 'plain');
  await client.command('EHLO x');
  await client.startTls();
  expect(await client.command('EHLO x')).toContain('AUTH PLAIN LOGIN');
  expect(await client.command(`AUTH PLAIN ${plainToken()}`)).toMatch(/^235 /);
});
