/** Fetching a message: its envelope, its files as they stream in (isds §5). */
import { child, children } from '../soap/answer.ts';
import { extract } from '../xml/streaming-extractor.ts';
import { element, type Operation } from '../soap/operation.ts';
import { readAnswer } from '../soap/soap.ts';
import type { Reply, Service } from '../http/transport.ts';
import type { DownloadEvent, Envelope } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';
import { MalformedXml, type Markup } from '../xml/xml-text.ts';
import { readEnvelope } from './envelope.ts';

export const downloadEnvelope: Operation<string, Envelope> = {
  name: 'MessageEnvelopeDownload',
  service: 'dx',
  write: (dmID) => element('dmID', dmID),
  read(answer, _status, dmID) {
    const message = child(answer, 'dmReturnedMessageEnvelope');
    const inner = message && child(message, 'dmDm');
    if (message === undefined || inner === undefined) throw new MalformedXml('no envelope');
    const envelope = readEnvelope(message, inner);
    requireMessage(envelope, dmID);
    return envelope;
  },
};

/** An operation whose answer is too large to be held. */
export interface Download<Input, Event> {
  readonly name: string;
  readonly service: Service;
  /** The children of the request's element. */
  readonly write: (input: Input) => Markup;
  /** Octets of the answer beyond which it is refused. */
  readonly largest: number;
  /** Reads the answer, gives on what streams; returns the last event and the status code once everything was complete. */
  readonly read: (reply: Reply, input: Input) => AsyncGenerator<Event, Completed<Event>>;
}

/** A download that arrived whole. */
export interface Completed<Event> {
  readonly end: Event;
  readonly code: string;
}

/** 20 MB of files are 27 MB of base64, with line breaks 28; the rest is for what PR26 may yet allow. */
const MAX_MESSAGE_OCTETS = 40_000_000;

export const downloadMessage: Download<string, DownloadEvent> = {
  name: 'MessageDownload',
  service: 'dz',
  largest: MAX_MESSAGE_OCTETS,
  write: (dmID) => element('dmID', dmID),
  async *read({ body }, dmID) {
    const { skeleton, extracted } = yield* extract(body);
    const answer = readAnswer(skeleton, downloadMessage.name);
    const envelope = readMessage(answer.body, extracted);
    requireMessage(envelope, dmID);
    return { end: { kind: 'end', envelope }, code: answer.status.code };
  },
};

/** An answer about another message would be kept for ever under the number of this one. */
function requireMessage(envelope: Envelope, dmID: string): void {
  if (envelope.dmID !== dmID) throw new MalformedXml('another message');
}

/** The envelope of a message whose files were extracted; throws when there are not as many as it announces. */
export function readMessage(response: XmlElement, extracted: number): Envelope {
  const message = child(response, 'dmReturnedMessage');
  const inner = message && child(message, 'dmDm');
  const files = inner && child(inner, 'dmFiles');
  if (message === undefined || inner === undefined) throw new MalformedXml('no message');
  // Content in a place where no file is, or a file without content: neither may be passed over.
  if ((files === undefined ? 0 : children(files, 'dmFile').length) !== extracted)
    throw new MalformedXml('files do not add up');
  return readEnvelope(message, inner);
}
