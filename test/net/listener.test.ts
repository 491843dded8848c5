/** The listening port: its limits, and how it stops. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/core/index.ts';
import { listen, type Listener, type ListenerOptions, selfSigned } from '../../src/net/index.ts';

/** A conversation that greets and ends when the client does. */
async function greet(socket: Socket): Promise<void> {
  socket.end('hello\r\n');
  socket.resume();
  await once(socket, 'close');
}

/** A conversation that greets and goes on until the client leaves. */
async function stay(socket: Socket): Promise<void> {
  socket.write('hello\r\n');
  socket.on('end', () => socket.end());
  socket.resume();
  await once(socket, 'close');
}

async function started(options: Partial<ListenerOptions>): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0, log: createLog('silent'), converse: stay, ...options });
  onTestFinished(() => listener.close(0));
  return listener;
}

function client(listener: Listener): Socket {
  const socket = connect(listener.address.port, '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

function secured(listener: Listener): Socket {
  const options = { port: listener.address.port, host: '127.0.0.1', rejectUnauthorized: false, allowHalfOpen: true };
  const socket = connectTls(options).setEncoding('latin1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function hears(socket: Socket): Promise<string> {
  const [text] = await once(socket, 'data');
  return String(text);
}

async function isClosed(socket: Socket): Promise<boolean> {
  await once(socket.resume(), 'close');
  return socket.destroyed;
}

test('each connection gets a conversation', async () => {
  const listener = await started({ converse: greet });
  expect(await hears(client(listener))).toBe('hello\r\n');
  expect(await hears(client(listener))).toBe('hello\r\n');
});

test('an address with too many connections is told so and turned away, until one of them closes', async () => {
  const listener = await started({ maxConnectionsPerAddress: 1, busyAnswer: 'busy\r\n' });
  const first = client(listener);
  await hears(first);
  expect(await hears(client(listener))).toBe('busy\r\n');
  first.destroy();
  await expect.poll(() => hears(client(listener))).toBe('hello\r\n');
});

test('a connection turned away gets no conversation', async () => {
  let conversations = 0;
  const listener = await started({
    maxConnectionsPerAddress: 1,
    busyAnswer: 'busy\r\n',
    converse: (socket) => (conversations++, stay(socket)),
  });
  await hears(client(listener));
  await hears(client(listener));
  expect(conversations).toBe(1);
});

test('more connections than there may be are closed', async () => {
  const listener = await started({ maxConnections: 1 });
  await hears(client(listener));
  expect(await isClosed(client(listener))).toBe(true);
});

test('connections turned away leave one line in the log, however many they are', async () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const listener = await started({ log, maxConnectionsPerAddress: 1, busyAnswer: 'busy\r\n' });
  await hears(client(listener));
  for (let i = 0; i < 20; i++) await hears(client(listener));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"remote":"127.0.0.1","limit":"connections of one address","refused":1');
});

test('closing lets a conversation end by itself', async () => {
  const listener = await started({});
  const socket = client(listener);
  await hears(socket);
  const closed = listener.close(60_000);
  socket.destroy();
  await expect(closed).resolves.toBeUndefined();
});

test('closing takes no new connections', async () => {
  const listener = await started({});
  await hears(client(listener));
  const closed = listener.close(0);
  expect(await once(connect(listener.address.port, '127.0.0.1'), 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  await closed;
});

test('a conversation that does not end is cut off when the time to drain is over', async () => {
  const listener = await started({});
  const socket = client(listener);
  await hears(socket);
  const closed = isClosed(socket);
  await listener.close(1);
  expect(await closed).toBe(true);
});

test('closing waits for what a conversation still does after its socket is closed', async () => {
  const work = Promise.withResolvers<void>();
  const listener = await started({ converse: (socket) => stay(socket).then(() => work.promise) });
  const socket = client(listener);
  await hears(socket);
  socket.destroy();
  let closed = false;
  const closing = listener.close(0).then(() => (closed = true));
  await once(socket, 'close');
  expect(closed).toBe(false);
  work.resolve();
  await closing;
});

test('a conversation that fails closes its socket and leaves the listener working', async () => {
  let calls = 0;
  const listener = await started({
    converse: async (socket) => {
      if (calls++ === 0) throw new Error('broken conversation');
      await stay(socket);
    },
  });
  expect(await isClosed(client(listener))).toBe(true);
  expect(await hears(client(listener))).toBe('hello\r\n');
});

describe('over TLS', () => {
  test.each([
    ['before it says a word', Buffer.alloc(0)],
    ['in the middle of its first message', Buffer.from('1603010005010000', 'hex')],
  ])('a client that leaves %s gives its place back at once', async (_, octets) => {
    const listener = await started({ tls: await selfSigned(), maxConnectionsPerAddress: 1 });
    const left = client(listener);
    await once(left, 'connect');
    left.end(octets);
    await once(left.resume(), 'close');
    const next = secured(listener);
    expect(await hears(next)).toBe('hello\r\n');
  });

  test('a client that leaves right after the handshake gives its place back at once', async () => {
    const listener = await started({ tls: await selfSigned(), maxConnectionsPerAddress: 1 });
    const left = secured(listener);
    await once(left, 'secureConnect');
    left.destroy();
    await expect.poll(() => hears(secured(listener)).catch(() => 'refused')).toBe('hello\r\n');
  });

  test('a client that said everything and closed its side still gets the answer', async () => {
    const listener = await started({
      tls: await selfSigned(),
      converse: async (socket) => {
        socket.on('error', () => {});
        await once(socket.resume(), 'end');
        socket.end('answer\r\n');
        await once(socket, 'close');
      },
    });
    const asking = secured(listener);
    await once(asking, 'secureConnect');
    asking.end('question\r\n');
    expect(await hears(asking)).toBe('answer\r\n');
  });
});
