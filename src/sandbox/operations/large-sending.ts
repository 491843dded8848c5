/** Sending large messages: files are uploaded one by one, then a message names them (isds §6.4). */
import { createHash } from 'node:crypto';
import { isInfected } from '../antivirus.ts';
import { readFile, unfit } from '../attachments.ts';
import { type Content, piecesOf } from '../content.ts';
import { attributeOf, requiredChild } from '../fields.ts';
import { inTurns } from '../in-turns.ts';
import { MAX_LARGE_OCTETS, readLargeFiles } from '../message-files.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Digest, Upload } from '../uploads.ts';
import type { Operation } from './operation.ts';
import {
  ABOUT_SENDER,
  ANNOTATIONS,
  findRecipient,
  readAnnotations,
  RECIPIENT,
  requireSender,
  SENDER_UNIT,
  submit,
} from './outgoing.ts';

export const uploadAttachment: Operation = {
  service: 'vodz',
  input: sequence('dmFile', { dmFile: 'unchecked' }),
  prefix: 'q',
  run: async (call) => {
    requireSender(call);
    const { world, box, writer } = call;
    const dmFile = requiredChild(call.request, 'dmFile');
    // Only here the type may not be empty.
    if ((attributeOf(dmFile, 'dmMimeType') ?? '') === '') throw new StatusRefusal('2035');
    const file = readFile(dmFile, [], 0);
    if (file.content.length > MAX_LARGE_OCTETS) throw new StatusRefusal('1287');
    world.uploads.requireRoom(box.id, file.content.length, world.now());
    if (isInfected(file.content)) throw unfit('Nalezen škodlivý kód.', file.name);
    const digests = await digestsOf(file.content);
    const { id } = world.uploads.add({ ...file, boxId: box.id, digests }, world.now());
    const hashes = digests.map(({ algorithm, hex }, index) =>
      writer.leaf(`dmAttHash${index + 1}`, hex, { AttHashAlg: algorithm }),
    );
    return [writer.leaf('dmAttID', id), ...hashes];
  },
};

export const createBigMessage: Operation = {
  service: 'vodz',
  input: sequence('dmEnvelope dmFiles', {
    dmEnvelope: sequence(optionalBut(['dbIDRecipient', 'dmAnnotation'])),
    dmFiles: 'unchecked',
  }),
  prefix: 'q',
  run: (call) => {
    requireSender(call);
    const { world, box, request, writer } = call;
    const envelope = requiredChild(request, 'dmEnvelope');
    const recipient = findRecipient(call, envelope);
    const annotations = readAnnotations(envelope);
    const used: Upload[] = [];
    const files = readLargeFiles(requiredChild(request, 'dmFiles'), (id) => {
      const upload = world.uploads.find(id, box.id, world.now());
      used.push(upload);
      return upload;
    });
    const wished = attributeOf(envelope, 'dmType');
    const message = submit(call, recipient, { annotations, files, wished, vodz: true });
    for (const upload of used) upload.used = true;
    return [writer.leaf('dmID', message.dmID)];
  },
};

/** The envelope of a large message has the elements of an ordinary one, but hardly any has to be there. */
function optionalBut(required: readonly string[]): string {
  return `${SENDER_UNIT} ${RECIPIENT} ${ANNOTATIONS} ${ABOUT_SENDER}`
    .split(/\s+/)
    .map((name) => (required.includes(name) || name === '' || name.endsWith('?') ? name : `${name}?`))
    .join(' ');
}

async function digestsOf(content: Content): Promise<readonly [Digest, Digest]> {
  const [first, second] = [createHash('sha256'), createHash('sha3-256')];
  for await (const octets of inTurns(piecesOf(content))) {
    first.update(octets);
    second.update(octets);
  }
  return [
    { algorithm: 'SHA-256', hex: first.digest('hex') },
    { algorithm: 'SHA3-256', hex: second.digest('hex') },
  ];
}
