/** What clients can make our server keep in memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hear } from './hear.ts';
import { startOurs } from './ours.ts';
import { ERR, GO_ON, octets, OK } from './probe.ts';
import type { ProbedServer } from './server.ts';
import { spoken } from './spoken.ts';
import { connect, type Wire } from './wire.ts';

const KIB = 1024;
const PIECE = Buffer.alloc(64 * KIB, 'x');
const PIECES = 512;
/** Buffers on their way, and some that the collector is still about to give back; the line is eight times as long. */
const MOST_KEPT = 4_096 * KIB;

const IDLE_SESSIONS = 1_000;
const GREETING_TO_STAT = 4;
const SIGN = '+OK'.length;
/** Of both ends of a connection, since both are in this process: some 8 KiB of the server and 14 KiB of the client. */
const MOST_OF_A_SESSION = 32 * KIB;

/** Each takes some ten milliseconds. */
const LOOKS = 10;

let server: ProbedServer;
beforeAll(async () => void (server = await startOurs()));
afterAll(() => server.stop());

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Objects and buffers in use, the least of several looks: the collector gives buffers back in the background. */
async function kept(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
    await new Promise(setImmediate);
  }
  return least;
}

async function say(wire: Wire, name: string, line: string, expected = OK): Promise<void> {
  await wire.send(spoken(line, name));
  expect(await hear(wire, expected)).toBeUndefined();
}

async function greeted(): Promise<{ wire: Wire; name: string }> {
  const name = await server.newUser('usual');
  const wire = await connect(server, 'plain');
  expect(await hear(wire, OK)).toBeUndefined();
  return { wire, name };
}

async function loggedIn(): Promise<{ wire: Wire; name: string }> {
  const client = await greeted();
  await say(client.wire, client.name, 'USER {name}');
  await say(client.wire, client.name, 'PASS {password}');
  return client;
}

test.each([
  ['before the login', greeted],
  ['after the login', loggedIn],
  [
    'instead of a SASL answer',
    async () => {
      const client = await greeted();
      await say(client.wire, client.name, 'AUTH PLAIN', GO_ON);
      return client;
    },
  ],
] as const)('a line of 32 MiB %s keeps no memory', async (_, begin) => {
  const { wire, name } = await begin();
  const before = await kept();
  let most = 0;
  for (let sent = 0; sent < PIECES; sent++) {
    await wire.send(PIECE);
    if (sent % 128 === 0) most = Math.max(most, (await kept()) - before);
  }
  await say(wire, name, '', ERR);
  expect(most).toBeLessThan(MOST_KEPT);
});

test('a thousand idle sessions in the middle of a line stay small', async () => {
  const before = await kept();
  const sessions: Wire[] = [];
  const said = new Set<string>();
  for (let opened = 0; opened < IDLE_SESSIONS; opened++) {
    const name = await server.newUser('usual');
    const wire = await connect(server, 'plain');
    await wire.send(spoken(octets(`USER {name}\r\nPASS {password}\r\nSTAT\r\n${'R'.repeat(200)}`), name));
    for (let answer = 0; answer < GREETING_TO_STAT; answer++) said.add(String(await wire.line()).slice(0, SIGN));
    sessions.push(wire);
  }
  expect([...said]).toEqual(['+OK']);
  expect(((await kept()) - before) / sessions.length).toBeLessThan(MOST_OF_A_SESSION);
});
