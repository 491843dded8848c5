/** The thread in which a document is drawn; talks with write-pdf.ts, one message at a time. */
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { draw, TooManyPages } from './draw.ts';
import { BadPicture } from './picture-sizes.ts';
import type { Answer, Order, Request } from './thread-messages.ts';

/** Several pages go together. */
const BLOCK_OCTETS = 64 * 1024;

const port = parentPort;
if (port === null) throw new Error('not a thread');

/** On Linux a thread has a priority of its own: this work may take what the processors have to spare, and a poll goes first. */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

for (;;) {
  const [order]: Order[] = await once(port, 'message');
  if (order === undefined) throw new Error('no order came');
  port.postMessage(await fulfil(order));
}

/** The last word about an order. */
async function fulfil(order: Order): Promise<Request> {
  try {
    await work(order);
    return { kind: 'end' };
  } catch (error) {
    if (error instanceof BadPicture) return { kind: 'bad-picture', index: error.index };
    if (error instanceof TooManyPages) return { kind: 'too-long' };
    throw error;
  }
}

async function work(order: Order): Promise<void> {
  const waiting: Buffer[] = [];
  let octets = 0;
  const send = async (): Promise<void> => {
    await ask({ kind: 'octets', octets: Buffer.concat(waiting.splice(0)) });
    octets = 0;
  };
  for await (const chunk of draw({ ...order, picture })) {
    waiting.push(chunk);
    octets += chunk.length;
    if (octets >= BLOCK_OCTETS) await send();
  }
  await send();
}

async function picture(index: number): Promise<Buffer> {
  const answer = await ask({ kind: 'picture', index });
  if (answer === undefined) throw new Error('no picture came');
  return Buffer.from(answer.buffer, answer.byteOffset, answer.length);
}

/** Waits for the answer, so that never more than one block is on its way. */
async function ask(request: Request): Promise<Answer> {
  if (port === null) throw new Error('not a thread');
  const answered = once(port, 'message');
  port.postMessage(request);
  const [answer]: Answer[] = await answered;
  return answer;
}
