/** Large messages (VoDZ): their files are uploaded first, then the message refers to them (isds §6.4). */
import type { Identity } from '../accounts/index.ts';
import { IsdsError, type OutgoingFile, type OutgoingMessage } from '../isds/index.ts';
import type { Letter } from './letter.ts';
import type { Uploads } from './uploads.ts';

/** Files of an ordinary message together; more must go as a large one (VoDZ), which takes them from about 18 MB on (isds §6.4). */
export const ORDINARY_OCTETS = 20_000_000;

export function isLarge({ files }: Pick<OutgoingMessage, 'files'>): boolean {
  return files.reduce((sum, { size }) => sum + size, 0) > ORDINARY_OCTETS;
}

/** An upload that vanished is made once more: the refusal says that no message was created. */
export async function createLarge(identity: Identity, { message, content }: Letter, uploads: Uploads): Promise<string> {
  try {
    return await createFromUploads(identity, message, content, uploads);
  } catch (error) {
    if (!isGone(error)) throw error;
    uploads.forget(identity, content, message.files);
    return createFromUploads(identity, message, content, uploads);
  }
}

async function createFromUploads(
  identity: Identity,
  { files, ...envelope }: OutgoingMessage,
  content: string,
  uploads: Uploads,
): Promise<string> {
  const uploaded = await uploads.of(identity, content, files);
  const withType = uploaded.map((file, index) => ({ uploaded: file, metaType: metaType(files, index) }));
  return identity.isds.createBigMessage({ ...envelope, files: withType });
}

function metaType(files: readonly OutgoingFile[], index: number): OutgoingFile['metaType'] {
  return files[index]?.metaType ?? 'enclosure';
}

function isGone(error: unknown): boolean {
  return error instanceof IsdsError && error.failure.kind === 'status' && error.failure.class === 'upload-again';
}
