/** Whether a message, or a file that claims to be one, is as ISDS has it (isds §5.3). */
import { createHash } from 'node:crypto';
import { contentOf } from '../attachments.ts';
import { piecesOf } from '../content.ts';
import { requiredChild } from '../fields.ts';
import { hashInTurns, writeHash } from '../message-xml.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';
import { received, sent } from './reachable-messages.ts';

/** CMS SignedData begins so, with a length or without one (RFC 5652 §3). */
const SEQUENCE = 0x30;

export const verifyMessage: Operation = {
  service: 'dx',
  input: sequence('dmID'),
  prefix: 'q',
  run: async (call) => {
    const message = isOwn(call) ? sent(call) : received(call);
    await hashInTurns(message);
    return [writeHash(call.writer, message)];
  },
};

/** True for what this sandbox has sealed since it was started; a real ISDS knows its seal however old it is. */
export const authenticateMessage: Operation = authentication('dz');
export const authenticateBigMessage: Operation = authentication('vodz');

function authentication(service: 'dz' | 'vodz'): Operation {
  return {
    service,
    input: sequence('dmMessage', { dmMessage: 'unchecked' }),
    prefix: 'q',
    run: ({ world, request, writer }) => {
      const content = contentOf(requiredChild(request, 'dmMessage'));
      if (content === undefined || content.length === 0) throw new StatusRefusal('2200');
      const hash = createHash('sha256');
      let first: number | undefined;
      for (const piece of piecesOf(content)) {
        first ??= piece[0];
        hash.update(piece);
      }
      if (first !== SEQUENCE) throw new StatusRefusal('2200');
      return [writer.leaf('dmAuthResult', world.sealed.has(hash.digest('hex')))];
    },
  };
}

function isOwn({ world, box, request }: Call): boolean {
  const dmID = requiredChild(request, 'dmID').text.join('').trim();
  return world.findMessage(dmID)?.sender.boxId === box.id;
}
