/** A mail as data message: subject to annotation, files in their order, the text as one more file (design §6). */
import type { Identity } from '../accounts/index.ts';
import { judgeFiles, mimeTypeFor } from '../attachments/index.ts';
import { catalogue, Refused } from '../core/index.ts';
import { type Envelope, IsdsError, type OutgoingFile, type OutgoingMessage, refusalFor } from '../isds/index.ts';
import { dmIDOf, type Draft } from '../mime/index.ts';
import type { Recipient } from './types.ts';

export interface ComposeLimits {
  readonly maxFiles: number;
  readonly maxTotalOctets: number;
}

/** dmAnnotation holds 255 characters (XSD). */
const LONGEST_ANNOTATION = 255;

/** Named as the official portal names it. */
const TEXT_FILE = 'textová zpráva.txt';

type Content = Pick<OutgoingFile, 'name' | 'size' | 'open'>;

/** Refuses what ISDS would refuse, before anything is sent. */
export function composeMessage(
  draft: Draft,
  recipient: Recipient,
  original: Envelope | undefined,
  limits: ComposeLimits,
): OutgoingMessage {
  return {
    recipientBox: recipient.boxId,
    annotation: annotationOf(draft),
    ...(original === undefined ? {} : referencesBack(original)),
    files: outgoingFiles(draft, limits),
  };
}

/** The data message that this mail answers, if it came from the recipient; asking for the envelope delivers nothing (isds §3.1). */
export async function findOriginal(
  identity: Identity,
  draft: Draft,
  recipient: Recipient,
  domain: string,
): Promise<Envelope | undefined> {
  const dmID = draft.answers.map((id) => dmIDOf(id, domain)).find((id) => id !== undefined);
  if (dmID === undefined) return undefined;
  try {
    const envelope = await identity.isds.downloadEnvelope(dmID);
    return envelope.senderBox === recipient.boxId ? envelope : undefined;
  } catch (error) {
    if (!(error instanceof IsdsError)) throw error;
    const refusal = refusalFor(error);
    // An original that cannot be seen any more costs the reply its reference numbers, not its way.
    if (catalogue[refusal.reason].pop3 === 'SYS/PERM') return undefined;
    throw refusal;
  }
}

function annotationOf({ subject }: Draft): string {
  const length = Array.from(subject).length;
  if (length === 0) throw new Refused('annotation-missing');
  if (length > LONGEST_ANNOTATION) throw new Refused('annotation-too-long', { length, limit: LONGEST_ANNOTATION });
  return subject;
}

/** Theirs become the recipient's, what they called ours becomes the sender's (isds §6.5). */
function referencesBack(original: Envelope): Partial<OutgoingMessage> {
  const pairs = {
    recipientRefNumber: original.senderRefNumber,
    recipientIdent: original.senderIdent,
    senderRefNumber: original.recipientRefNumber,
    senderIdent: original.recipientIdent,
  };
  return Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined && value !== ''));
}

function outgoingFiles(draft: Draft, limits: ComposeLimits): OutgoingFile[] {
  const contents: Content[] = [...draft.files, ...textFile(draft.text)];
  if (contents.length === 0) throw new Refused('mail-empty');
  const [problem] = judgeFiles(contents, limits);
  if (problem) throw new Refused(problem.reason, problem.facts);
  return contents.map(({ name, size, open }, index) => ({
    name,
    size,
    open,
    mimeType: mimeTypeFor(name) ?? '',
    metaType: index === 0 ? 'main' : 'enclosure',
  }));
}

function textFile(text: string | undefined): Content[] {
  if (text === undefined || text.trim() === '') return [];
  const octets = Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8');
  return [
    {
      name: TEXT_FILE,
      size: octets.length,
      async *open() {
        yield octets;
      },
    },
  ];
}
