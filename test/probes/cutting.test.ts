/** A whole session cut anywhere, sent octet by octet, or left at any octet. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dovecotMissing, startDovecot } from './dovecot.ts';
import { hear } from './hear.ts';
import { judge } from './judge.ts';
import { startOurs } from './ours.ts';
import { answersFrom, loggedIn, OK, type Octets } from './probe.ts';
import type { ProbedServer } from './server.ts';
import { wholeSession } from './table/grammar.ts';
import { spoken } from './spoken.ts';
import { connect } from './wire.ts';

const [[session, ...answers]] = wholeSession.exchanges as [readonly [Octets, ...(typeof OK)[]]];

/** How the session of one user looks to the server, its octets sent in these pieces. */
async function sent(server: ProbedServer, cut: (octets: Buffer) => Buffer[]): Promise<string | undefined> {
  const octets = spoken(session, await server.newUser('usual'));
  const wire = await connect(server, 'plain');
  const complaints = [await hear(wire, OK)];
  for (const piece of cut(octets)) {
    await wire.send(piece);
    // The server in the same process takes the piece before the next one is sent.
    await new Promise(setImmediate);
  }
  for (const answer of answers) complaints.push(await hear(wire, answer));
  wire.socket.destroy();
  return complaints.find((complaint) => complaint !== undefined);
}

const LENGTH = spoken(session, 'probe-100').length;
const everyPlace = Array.from({ length: LENGTH - 1 }, (_, index) => index + 1);

const servers: readonly (readonly [name: string, missing: string | undefined, start: () => Promise<ProbedServer>])[] = [
  ['our server', undefined, startOurs],
  ['Dovecot', dovecotMissing(), startDovecot],
];

describe.each(servers)('%s', (_, missing, start) => {
  let server: ProbedServer;
  beforeEach(async () => {
    if (missing === undefined) server = await start();
  });
  afterEach(() => server?.stop());

  test.skipIf(missing !== undefined)('answers a session cut in two anywhere alike', async () => {
    for (const place of everyPlace) {
      const heard = await sent(server, (octets) => [octets.subarray(0, place), octets.subarray(place)]);
      expect({ place, heard }).toEqual({ place });
    }
  });

  test.skipIf(missing !== undefined)('answers a session that comes octet by octet alike', async () => {
    expect(await sent(server, (octets) => Array.from(octets, (octet) => Buffer.from([octet])))).toBeUndefined();
  });

  test.skipIf(missing !== undefined)('deletes nothing for a client that leaves before the end of QUIT', async () => {
    const untouched = loggedIn('untouched', ['STAT', answersFrom('usual').stat()]);
    const names: string[] = [];
    for (const place of everyPlace) {
      const name = await server.newUser('usual');
      names.push(name);
      const wire = await connect(server, 'plain');
      const octets = spoken(session, name);
      await wire.send(octets.subarray(0, Math.min(place, octets.length - 1)));
      wire.finish();
      await wire.rest();
      wire.socket.destroy();
    }
    for (const name of names) {
      expect({ name, heard: await judge({ ...server, newUser: async () => name }, untouched) }).toEqual({ name });
    }
  });
});
