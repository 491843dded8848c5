/** Fetching a message as ISDS sealed it: one answer gives the signed original and the files inside it (isds §5.3). */
import type { Clock } from '../../core/index.ts';
import { child, children, isIsds } from '../soap/answer.ts';
import { StreamingExtractor, type Rest } from '../xml/streaming-extractor.ts';
import { isIncludedIn, readMtom } from '../http/mtom.ts';
import type { MultipartType } from '../http/multipart-type.ts';
import { element } from '../soap/operation.ts';
import { BrokenOriginal } from '../signed/broken-original.ts';
import { type OriginalPiece, OriginalReader } from '../signed/original-reader.ts';
import type { TrustAnchors } from '../signed/trust-anchors.ts';
import { readAnswer, type Status } from '../soap/soap.ts';
import type { Envelope, OriginalDownloadEvent } from '../types.ts';
import { MalformedXml } from '../xml/xml-text.ts';
import { type Download, readMessage } from './download.ts';

/** Success, but the time stamp authority was slow (isds §5.3). */
const WITHOUT_TIME_STAMP = '0005';

/** The largest message, 28 MB of XML with base64 inside, is written in base64 once more, with line breaks 39 MB; the rest as there. */
const MAX_ORIGINAL_OCTETS = 55_000_000;

/** 100 MB of files, counted generously, are 145 MB of XML with base64 inside; written in base64 once more they are 200 MB. */
const MAX_LARGE_ORIGINAL_OCTETS = 220_000_000;

/** Received messages, sent ones and receipts are sealed under different names (isds §5.3). */
type SealedAs = 'message' | 'SentMessage';

/** The ordinary service and the one for large messages; what they give is of one form (isds §5.4). */
export interface OriginalService extends Pick<Download<string, OriginalDownloadEvent>, 'name' | 'service' | 'largest'> {
  readonly sealedAs: SealedAs;
}

export const ORDINARY_ORIGINAL: OriginalService = {
  name: 'SignedMessageDownload',
  service: 'dz',
  largest: MAX_ORIGINAL_OCTETS,
  sealedAs: 'message',
};

export const LARGE_ORIGINAL: OriginalService = {
  name: 'SignedBigMessageDownload',
  service: 'vodz',
  largest: MAX_LARGE_ORIGINAL_OCTETS,
  sealedAs: 'message',
};

export const SENT_ORIGINAL: OriginalService = {
  ...ORDINARY_ORIGINAL,
  name: 'SignedSentMessageDownload',
  sealedAs: 'SentMessage',
};

export const LARGE_SENT_ORIGINAL: OriginalService = {
  ...LARGE_ORIGINAL,
  name: 'SignedSentBigMessageDownload',
  sealedAs: 'SentMessage',
};

export function originalDownload(
  { sealedAs, ...service }: OriginalService,
  anchors: TrustAnchors | undefined,
  clock: Clock,
): Download<string, OriginalDownloadEvent> {
  return {
    ...service,
    write: (dmID) => element('dmID', dmID),
    async *read({ body, multipart }, dmID) {
      const original = new OriginalReader();
      const status = yield* multipart === undefined
        ? readInline(body, original, service.name)
        : readAttached(body, multipart, original, service.name);
      const { signed, message } = original.end();
      const envelope = readSealedMessage(message, sealedAs);
      if (envelope.dmID !== dmID) throw new BrokenOriginal('another message');
      // Loaded only now, because it brings a large library along that sending and listing do without.
      const { checkSeal } = await import('../signed/seal.ts');
      const stamped = status.code !== WITHOUT_TIME_STAMP;
      const seal = checkSeal(signed, { anchors, stamped, now: new Date(clock.now()) });
      return { end: { kind: 'end', envelope, seal }, code: status.code };
    },
  };
}

type Pieces = AsyncGenerator<OriginalPiece, Status>;

async function* readInline(body: AsyncIterable<Buffer>, original: OriginalReader, operation: string): Pieces {
  const answerLifter = new StreamingExtractor('original');
  for await (const chunk of body)
    for (const extracted of answerLifter.push(chunk))
      if (extracted.kind === 'content') yield* original.push(extracted.octets);
  const { skeleton, extracted } = answerLifter.end();
  const { body: answer, status } = readAnswer(skeleton, operation);
  if (extracted !== 1 || children(answer, 'dmSignature').length !== 1) throw new MalformedXml('no signed message');
  return status;
}

async function* readAttached(
  body: AsyncIterable<Buffer>,
  type: MultipartType,
  original: OriginalReader,
  operation: string,
): Pieces {
  let status: Status | undefined;
  for await (const event of readMtom(body, type)) {
    if (event.kind === 'octets') {
      yield* original.pushOctets(event.octets);
      continue;
    }
    const answer = readAnswer(event.root, operation);
    const signature = child(answer.body, 'dmSignature');
    if (signature === undefined || !isIncludedIn(signature)) throw new MalformedXml('no signed message');
    status = answer.status;
  }
  if (status === undefined) throw new MalformedXml('no answer');
  return status;
}

function readSealedMessage({ skeleton, extracted }: Rest, sealedAs: SealedAs): Envelope {
  const isMessage = skeleton.name === 'MessageDownloadResponse' && isIsds(skeleton);
  if (!isMessage || !skeleton.namespace.endsWith(`/${sealedAs}`)) throw new BrokenOriginal(`not sealed as ${sealedAs}`);
  return readMessage(skeleton, extracted);
}
