/** The listening port: its limits, and how it stops. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLog, systemClock } from '../../src/core/index.ts';
import { listen, type Listener, type ListenerOptions, LoginNetworks, type Place } from '../../src/net/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';

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

/** A conversation of somebody who logs in at once. */
function logIn(socket: Socket, place: Place): Promise<void> {
  place.loggedIn();
  return stay(socket);
}

async function started(options: Partial<ListenerOptions>): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0, log: createLog('silent'), converse: stay, ...options });
  onTestFinished(() => listener.close(0));
  return listener;
}

/** From one of this computer's many addresses, each a network of its own. */
function client(listener: Listener, localAddress = '127.0.0.1'): Socket {
  const socket = connect({ port: listener.address.port, host: '127.0.0.1', localAddress }).setEncoding('latin1');
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

async function greeted(listener: Listener, localAddress?: string): Promise<Socket> {
  const socket = client(listener, localAddress);
  await hears(socket);
  return socket;
}

async function isClosed(socket: Socket): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // A reset is an end as well; `once` would take it for a failure.
  socket.resume().once('close', () => resolve());
  await promise;
  return socket.destroyed;
}

test('each connection gets a conversation', async () => {
  const listener = await started({ converse: greet });
  expect(await hears(client(listener))).toBe('hello\r\n');
  expect(await hears(client(listener))).toBe('hello\r\n');
});

describe('a network with as many connections as it may have', () => {
  test('is told so when all have logged in, until one of them closes', async () => {
    const listener = await started({ maxConnectionsPerNetwork: 1, busyAnswer: 'busy\r\n', converse: logIn });
    const first = client(listener);
    await hears(first);
    expect(await hears(client(listener))).toBe('busy\r\n');
    first.destroy();
    await expect.poll(() => hears(client(listener))).toBe('hello\r\n');
  });

  test('loses its oldest one that has not logged in', async () => {
    const listener = await started({ maxConnectionsPerNetwork: 2 });
    const [oldest, other] = [await greeted(listener), await greeted(listener)];
    const closed = isClosed(oldest);
    expect(await hears(client(listener))).toBe('hello\r\n');
    expect(await closed).toBe(true);
    expect(other.destroyed).toBe(false);
  });

  test('turned away gets no conversation', async () => {
    let conversations = 0;
    const listener = await started({
      maxConnectionsPerNetwork: 1,
      busyAnswer: 'busy\r\n',
      converse: (socket, place) => (conversations++, logIn(socket, place)),
    });
    await hears(client(listener));
    await hears(client(listener));
    expect(conversations).toBe(1);
  });

  test('does not concern another one', async () => {
    const listener = await started({ maxConnectionsPerNetwork: 1 });
    const first = await greeted(listener, '127.0.0.1');
    await greeted(listener, '127.0.0.2');
    expect(first.destroyed).toBe(false);
  });
});

describe('a port with as many connections as there may be', () => {
  test('closes the oldest that has not logged in for a newcomer', async () => {
    const listener = await started({ maxConnections: 2 });
    const oldest = await greeted(listener, '127.0.0.1');
    const other = await greeted(listener, '127.0.0.2');
    const closed = isClosed(oldest);
    await greeted(listener, '127.0.0.3');
    expect(await closed).toBe(true);
    expect(other.destroyed).toBe(false);
  });

  test('takes no more when all have logged in', async () => {
    const listener = await started({ maxConnections: 1, converse: logIn });
    const first = await greeted(listener, '127.0.0.1');
    expect(await isClosed(client(listener, '127.0.0.2'))).toBe(true);
    expect(first.destroyed).toBe(false);
  });

  test('keeps the last tenth for networks from which somebody has logged in', async () => {
    const listener = await started({ maxConnections: 10, networks: new LoginNetworks(systemClock, ['127.0.1.1']) });
    const strangers: Socket[] = [];
    for (let i = 1; i <= 9; i++) strangers.push(await greeted(listener, `127.0.0.${i}`));
    const closed = isClosed(strangers[0]!);
    await greeted(listener, '127.0.0.10');
    expect(await closed).toBe(true);
    await greeted(listener, '127.0.1.1');
    expect(strangers.slice(1).map(({ destroyed }) => destroyed)).not.toContain(true);
  });

  test('a flood of strangers never closes a connection from a known network', async () => {
    const listener = await started({ maxConnections: 10, networks: new LoginNetworks(systemClock, ['127.0.1.1']) });
    const known = [await greeted(listener, '127.0.1.1'), await greeted(listener, '127.0.1.1')];
    for (let i = 1; i <= 30; i++) await greeted(listener, `127.0.0.${i}`);
    expect(known.map(({ destroyed }) => destroyed)).toEqual([false, false]);
  });

  test('knows a network from its first log-in on', async () => {
    const networks = new LoginNetworks(systemClock);
    const listener = await started({ networks, converse: logIn });
    await greeted(listener, '127.0.0.9');
    expect([networks.has('127.0.0.9'), networks.has('127.0.0.8')]).toEqual([true, false]);
  });
});

describe('the time until the log-in', () => {
  test('is not prolonged by what is said', async () => {
    const listener = await started({ loginTimeoutMs: 500 });
    const socket = await greeted(listener);
    const chatter = setInterval(() => socket.write('x'), 5);
    onTestFinished(() => clearInterval(chatter));
    expect(await isClosed(socket)).toBe(true);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a beginning', Buffer.from('1603010005010000', 'hex')],
  ])('includes a handshake of which %s comes', async (_, octets) => {
    const listener = await started({ tls: await selfSigned(systemClock), loginTimeoutMs: 50 });
    const socket = client(listener);
    socket.write(octets);
    expect(await isClosed(socket)).toBe(true);
  });

  test('is over with the log-in', async () => {
    const late = vi.fn<() => void>();
    const listener = await started({
      loginTimeoutMs: 20,
      converse: (socket, place) => {
        place.onSentAway = late;
        return logIn(socket, place);
      },
    });
    await greeted(listener);
    // A second connection that does not log in has its deadline later.
    const stranger = await started({ loginTimeoutMs: 40 });
    await isClosed(client(stranger));
    expect(late).not.toHaveBeenCalled();
  });
});

test('connections turned away leave a few lines in the log, however many they are', async () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const listener = await started({ log, maxConnectionsPerNetwork: 1, busyAnswer: 'busy\r\n', converse: logIn });
  await hears(client(listener));
  for (let i = 0; i < 20; i++) await hears(client(listener));
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('"remote":"127.0.0.1","limit":"connections of one network"');
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
  expect(listener.listening).toBe(true);
  const closed = listener.close(0);
  expect(listener.listening).toBe(false);
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
    const listener = await started({ tls: await selfSigned(systemClock), maxConnectionsPerNetwork: 1 });
    const left = client(listener);
    await once(left, 'connect');
    left.end(octets);
    await once(left.resume(), 'close');
    const next = secured(listener);
    expect(await hears(next)).toBe('hello\r\n');
  });

  test('a client that leaves right after the handshake gives its place back at once', async () => {
    const listener = await started({ tls: await selfSigned(systemClock), maxConnectionsPerNetwork: 1 });
    const left = secured(listener);
    await once(left, 'secureConnect');
    left.destroy();
    await expect.poll(() => hears(secured(listener)).catch(() => 'refused')).toBe('hello\r\n');
  });

  test('a client that said everything and closed its side still gets the answer', async () => {
    const listener = await started({
      tls: await selfSigned(systemClock),
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
