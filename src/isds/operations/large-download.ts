/** Fetching a large message: how many attachments it has, then each of them, as a part of its own or in base64 (isds §5.4). */
import { child, readInteger } from '../soap/answer.ts';
import { fileHeader, extract } from '../xml/streaming-extractor.ts';
import { isIncludedIn, readMtom } from '../http/mtom.ts';
import { malformed } from '../http/multipart.ts';
import type { MultipartType } from '../http/multipart-type.ts';
import { elements, type Operation } from '../soap/operation.ts';
import { readAnswer, type Status } from '../soap/soap.ts';
import type { DownloadEvent, Envelope } from '../types.ts';
import { type Completed, type Download, downloadEnvelope } from './download.ts';

/** What comes before the files of a large message. */
export interface LargeEnvelope {
  readonly envelope: Envelope;
  /** Undefined when ISDS did not say. */
  readonly attachments: number | undefined;
}

export const downloadLargeEnvelope: Operation<string, LargeEnvelope> = {
  ...downloadEnvelope,
  read(answer, status, dmID) {
    const message = child(answer, 'dmReturnedMessageEnvelope');
    return {
      envelope: downloadEnvelope.read(answer, status, dmID),
      attachments: readInteger(message?.attributes.get('attsNum')),
    };
  },
};

/** Which file of a large message is asked for. */
export interface AttachmentKey {
  readonly dmID: string;
  /** From 0. */
  readonly number: number;
}

export type AttachmentEvent = Exclude<DownloadEvent, { readonly kind: 'end' }> | { readonly kind: 'complete' };

/** 100 MB, counted generously, in base64 with line breaks. */
const MAX_ATTACHMENT_OCTETS = 160_000_000;

export const downloadAttachment: Download<AttachmentKey, AttachmentEvent> = {
  name: 'DownloadAttachment',
  service: 'vodz',
  largest: MAX_ATTACHMENT_OCTETS,
  write: ({ dmID, number }) => elements(['dmID', dmID], ['attNum', number]),
  async *read({ body, multipart }) {
    return multipart === undefined ? yield* readInline(body) : yield* readAttached(body, multipart);
  },
};

async function* readInline(body: AsyncIterable<Buffer>): AsyncGenerator<AttachmentEvent, Completed<AttachmentEvent>> {
  const { skeleton, extracted } = yield* extract(body);
  const { status, body: answer } = readAnswer(skeleton, downloadAttachment.name);
  if (extracted !== 1 || child(answer, 'dmFile') === undefined) throw malformed('no attachment');
  return completed(status);
}

async function* readAttached(
  body: AsyncIterable<Buffer>,
  type: MultipartType,
): AsyncGenerator<AttachmentEvent, Completed<AttachmentEvent>> {
  let status: Status | undefined;
  for await (const event of readMtom(body, type)) {
    if (event.kind === 'octets') {
      yield { kind: 'content', octets: event.octets };
      continue;
    }
    const answer = readAnswer(event.root, downloadAttachment.name);
    const file = child(answer.body, 'dmFile');
    const content = file && child(file, 'dmEncodedContent');
    if (file === undefined || content === undefined || !isIncludedIn(content)) throw malformed('no attachment');
    yield { kind: 'file', file: fileHeader(file.attributes, 'octets') };
    status = answer.status;
  }
  if (status === undefined) throw malformed('no answer');
  return completed(status);
}

function completed({ code }: Status): Completed<AttachmentEvent> {
  return { end: { kind: 'complete' }, code };
}
