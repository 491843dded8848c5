/** A connection: reading with a limit on memory and time, writing to a client that does not read. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../src/core/index.ts';
import { Connection, ConnectionLost, Deadline, listen } from '../../src/net/index.ts';

const LONG = 60_000;

/** Both ends of one connection. */
async function pair(writeTimeoutMs = LONG): Promise<{ connection: Connection; client: Socket }> {
  const accepted = Promise.withResolvers<Socket>();
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    log: createLog('silent'),
    converse: async (socket) => {
      accepted.resolve(socket);
      await once(socket, 'close');
    },
  });
  onTestFinished(() => listener.close(0));
  const client = connect({ port: listener.address.port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => {});
  onTestFinished(() => void client.destroy());
  return { connection: new Connection(await accepted.promise, writeTimeoutMs), client };
}

test('lines that came before the client closed its side are still read, an unfinished one is not', async () => {
  const { connection, client } = await pair();
  client.end('STAT\r\nQUIT');
  expect(String(await connection.readLine(20, LONG))).toBe('STAT');
  expect(await connection.readLine(20, LONG)).toBe('ended');
});

test('a line that does not come in time is late', async () => {
  const { connection, client } = await pair();
  client.write('QUI');
  expect(await connection.readLine(20, 5)).toBe('late');
});

test('a line of 32 MiB is swallowed, and the next one read', async () => {
  const { connection, client } = await pair();
  const piece = Buffer.alloc(65_536, 'x');
  const line = connection.readLine(253, LONG);
  for (let i = 0; i < 512; i++) if (!client.write(piece)) await once(client, 'drain');
  client.write('\r\nNOOP\r\n');
  expect(await line).toBe('overlong');
  expect(String(await connection.readLine(253, LONG))).toBe('NOOP');
});

test('a client that does not read is given up', async () => {
  const { connection, client } = await pair(5);
  client.pause();
  const piece = Buffer.alloc(65_536);
  const flood = async (): Promise<never> => {
    for (;;) await connection.write(piece);
  };
  await expect(flood()).rejects.toMatchObject({ name: 'ConnectionLost', reason: 'reader-stalled' });
  expect(connection.signal.aborted).toBe(true);
});

test('writing to a client that has gone fails and aborts what is done for it', async () => {
  const { connection, client } = await pair();
  client.resetAndDestroy();
  await once(connection.signal, 'abort');
  await expect(connection.write('+OK\r\n')).rejects.toEqual(new ConnectionLost('client-gone'));
});

test('ending lets the client read the last answer although it still sends, and waits no longer than for its close', async () => {
  const { connection, client } = await pair();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  client.write('x'.repeat(100_000));
  await connection.write('+OK\r\n');
  const ended = connection.end();
  let heard = '';
  client.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  client.on('end', () => client.end());
  await ended;
  expect(heard).toBe('+OK\r\n');
});

test('a deadline never has less than no time left', () => {
  expect(new Deadline(-5).remaining()).toBe(0);
  expect(new Deadline(LONG).remaining()).toBeGreaterThan(LONG / 2);
});
