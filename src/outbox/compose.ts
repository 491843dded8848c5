/** A mail as data message: subject to annotation, files in their order, the text as one more file (design §6). */
import type { Identity } from '../accounts/index.ts';
import { type FileLimits, checkFiles } from '../attachments/index.ts';
import { isPermanent, type Refusal, Refused } from '../refusals/index.ts';
import { type Envelope, IsdsError, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import { dmIDOf } from '../mail-writer/index.ts';
import { type Draft } from '../mail-parser/index.ts';
import type { TextFile } from './text-file.ts';

export type ComposeLimits = FileLimits;

/** dmAnnotation holds 255 characters (XSD). */
const MAX_ANNOTATION_LENGTH = 255;

/** What is the same for all recipients of a mail. */
export type MessageContent = Pick<OutgoingMessage, 'annotation' | 'files'>;

/**
 * Refuses what ISDS would refuse, before anything is sent; everything that is wrong with the mail at once, together with what
 * is wrong with its envelope.
 */
export async function composeContent(
  draft: Draft,
  text: TextFile,
  limits: ComposeLimits,
  envelopeProblems: readonly Refusal[],
): Promise<MessageContent> {
  const contents = [...draft.files, ...text.files];
  const { problems, mimeTypes } = await checkFiles(contents, limits);
  const empty = contents.length === 0 ? [emptyOf(text)] : [];
  const [first, ...others] = [...checkSubject(draft), ...envelopeProblems, ...empty, ...problems];
  if (first !== undefined) throw new Refused(first.reason, first.facts, { others });
  return {
    annotation: draft.subject,
    files: contents.map(({ name, size, sha256, open }, index) => ({
      name,
      size,
      sha256,
      open,
      mimeType: mimeTypes[index] ?? '',
      metaType: index === 0 ? 'main' : 'enclosure',
    })),
  };
}

function emptyOf({ unsent }: TextFile): Refusal {
  return { reason: unsent.parts.includes('text') ? 'text-not-passed-on' : 'mail-empty', facts: {} };
}

/** The data message that a mail answers, 'unseen' when ISDS does not show it to this login any more. */
export type Original = Envelope | 'unseen' | undefined;

/** Asking for the envelope delivers nothing (isds §3.1). */
export async function findOriginal(identity: Identity, draft: Draft, domain: string): Promise<Original> {
  const dmID = draft.answers.map((id) => dmIDOf(id, domain)).find((id) => id !== undefined);
  if (dmID === undefined) return undefined;
  try {
    return await identity.isds.downloadEnvelope(dmID, { patient: true });
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    const refusal = refusalFor(error);
    // It costs the reply its reference numbers, not its way.
    if (isPermanent(refusal)) return 'unseen';
    throw refusal;
  }
}

function checkSubject({ subject }: Draft): Refusal[] {
  const length = Array.from(subject).length;
  if (length === 0) return [{ reason: 'annotation-missing', facts: {} }];
  if (length <= MAX_ANNOTATION_LENGTH) return [];
  return [{ reason: 'annotation-too-long', facts: { length, limit: MAX_ANNOTATION_LENGTH } }];
}
