/** An ISDS that accepts the connection and never reads: what is sent ends in the buffers of the two sockets. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';
import type { IsdsAccount, OutgoingFile } from '../../src/isds/index.ts';
import { CREDENTIALS, isdsAt } from './fake-isds.ts';
import { file } from './outgoing.ts';

export interface Unread {
  /** What became of it when it was broken off. */
  readonly ended: unknown;
  /** Chunks of the file that were asked for. */
  readonly produced: number;
}

/** Sends a file of so many chunks of 64 kB, and breaks off when no more of them are asked for. */
export async function sendUnread(
  count: number,
  send: (account: IsdsAccount, long: OutgoingFile, signal: AbortSignal) => Promise<unknown>,
): Promise<Unread> {
  const chunk = Buffer.alloc(64 * 1024);
  let produced = 0;
  const long = file([], {
    size: count * chunk.length,
    async *open() {
      for (; produced < count; produced++) yield chunk;
    },
  });
  const server = createServer((socket) => socket.pause()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const aborter = new AbortController();
  const account = isdsAt(`http://127.0.0.1:${port}`).account(CREDENTIALS);
  const sending = send(account, long, aborter.signal).catch((reason: unknown) => reason);
  await vi.waitFor(() => expect(produced).toBeGreaterThan(0));
  let seen = -1;
  await vi.waitFor(() => {
    const still = produced === seen;
    seen = produced;
    expect(still).toBe(true);
  });
  aborter.abort();
  return { ended: await sending, produced };
}
