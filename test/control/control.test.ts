import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askControl, type ControlRequest, serveControl } from '../../src/control/index.ts';
import { createLog } from '../../src/core/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const call = { at: 1, account: 'pekar1', sessionId: 's', reason: 'poll' } as const;
const delivery = { ...call, delivered: ['1'], fiction: ['2'], elsewhere: ['3'], unknown: [] };

async function running() {
  const path = join(temporaryFolder(), 'control.sock');
  const asked: ControlRequest[] = [];
  const control = await serveControl(
    path,
    async (request) => {
      asked.push(request);
      if (request.command === 'pickup') return { permitted: request.account };
      return { deliveries: [delivery] };
    },
    createLog('silent'),
  );
  onTestFinished(() => control.close());
  return { path, asked };
}

test('a command reaches the gateway and is answered', async () => {
  const { path, asked } = await running();
  expect(await askControl(path, { command: 'pickup', account: 'pekar1' })).toEqual({ permitted: 'pekar1' });
  expect(await askControl(path, { command: 'deliveries', limit: 10 })).toEqual({
    deliveries: [delivery],
  });
  expect(asked).toHaveLength(2);
});

test('the socket is open to the gateway’s own user only', async () => {
  const { path } = await running();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a socket left behind by a crash does not stop the next start', async () => {
  const path = join(temporaryFolder(), 'control.sock');
  writeFileSync(path, '');
  const control = await serveControl(path, async () => ({ permitted: 'a' }), createLog('silent'));
  expect(await askControl(path, { command: 'pickup', account: 'a' })).toEqual({ permitted: 'a' });
  await control.close();
});

test('without a running gateway a command says so', async () => {
  await expect(askControl('/nonexistent/control.sock', { command: 'deliveries', limit: 1 })).rejects.toThrow(
    'no gateway is running at /nonexistent/control.sock',
  );
});

test.each(['neco', '{}', '{"command":"pickup"}', '{"command":"pickup","account":"a","navic":1}'])(
  'the line %j is no command',
  async (line) => {
    const { path, asked } = await running();
    const socket = connect(path).setEncoding('utf8');
    socket.write(`${line}\n`);
    const [said] = (await once(socket, 'data')) as [string];
    expect(JSON.parse(said)).toEqual({ error: 'this command is not known' });
    expect(asked).toEqual([]);
  },
);
