/** The control socket of a running gateway: a Unix socket in its data folder, for the operator's commands. */
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Log } from '../core/index.ts';
import { type ControlAnswer, type ControlRequest, MAX_LINE_OCTETS, requestSchema } from './protocol.ts';

export type ControlHandler = (request: ControlRequest) => Promise<ControlAnswer>;

/** A socket that takes commands. */
export interface ControlSocket {
  close(): Promise<void>;
}

/** A command says its line at once; whoever says nothing is no command of ours. */
const TIMEOUT_MS = 5_000;

/** A socket that an earlier gateway left behind is replaced: the store's lock has shown that none is running. */
export async function serveControl(path: string, handle: ControlHandler, log: Log): Promise<ControlSocket> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', (error) => log.debug({ err: error }, 'control connection failed'));
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
    answer(socket, handle).catch((error: unknown) => {
      log.error({ err: error }, 'control command failed');
      socket.destroy();
    });
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return {
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(socket: Socket, handle: ControlHandler): Promise<void> {
  for await (const line of createInterface({ input: socket })) {
    const request = requestSchema.safeParse(line.length > MAX_LINE_OCTETS ? undefined : parseJson(line));
    const said: ControlAnswer = request.success ? await handle(request.data) : { error: 'this command is not known' };
    socket.end(`${JSON.stringify(said)}\n`);
    return;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
