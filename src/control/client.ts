/** The other end of the control socket: one question, one answer. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { answerSchema, type ControlAnswer, type ControlRequest } from './protocol.ts';

/** The gateway answers from its store; it does not ask ISDS for this. */
const TIMEOUT_MS = 10_000;

/** Throws when no gateway is running there, or when it refuses. */
export async function askControl(
  path: string,
  request: ControlRequest,
): Promise<Exclude<ControlAnswer, { error: string }>> {
  const socket = connect(path);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('the gateway does not answer')));
  const failure = new Promise<never>((_, reject) => {
    socket.once('error', (error) => reject(new Error(`no gateway is running at ${path}: ${error.message}`)));
  });
  socket.write(`${JSON.stringify(request)}\n`);
  const answer = answerSchema.parse(await Promise.race([firstLine(socket), failure]));
  socket.destroy();
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

async function firstLine(socket: NodeJS.ReadableStream): Promise<unknown> {
  for await (const line of createInterface({ input: socket })) return JSON.parse(line);
  throw new Error('the gateway closed the connection without an answer');
}
