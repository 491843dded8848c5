/** Fetching a message: its envelope, its files as they stream in, its signed form (isds §5). */
import { child, children } from '../answer.ts';
import { element, type Operation } from '../operation.ts';
import type { Status } from '../soap.ts';
import type { DownloadEvent, Envelope, SignedDownloadEvent } from '../types.ts';
import type { XmlElement } from '../xml.ts';
import { MalformedXml } from '../xml-text.ts';
import { readEnvelope } from './envelope.ts';

export const downloadEnvelope: Operation<string, Envelope> = {
  name: 'MessageEnvelopeDownload',
  service: 'dx',
  write: (dmID) => element('dmID', dmID),
  read(answer) {
    const message = child(answer, 'dmReturnedMessageEnvelope');
    const inner = message && child(message, 'dmDm');
    if (message === undefined || inner === undefined) throw new MalformedXml('no envelope');
    return readEnvelope(message, inner);
  },
};

/** An operation whose content was lifted out of its answer before this reads the rest. */
export interface Download<End> {
  readonly name: string;
  /** Makes the last event; throws when not everything was lifted that the rest announces. */
  readonly end: (answer: XmlElement, status: Status, lifted: number) => End;
}

export const downloadMessage: Download<DownloadEvent> = {
  name: 'MessageDownload',
  end(answer, _status, lifted) {
    const message = child(answer, 'dmReturnedMessage');
    const inner = message && child(message, 'dmDm');
    const files = inner && child(inner, 'dmFiles');
    if (message === undefined || inner === undefined) throw new MalformedXml('no message');
    // Content in a place where no file is, or a file without content: neither may be passed over.
    if ((files === undefined ? 0 : children(files, 'dmFile').length) !== lifted)
      throw new MalformedXml('files do not add up');
    return { kind: 'end', envelope: readEnvelope(message, inner) };
  },
};

/** Success, but the time stamp authority was slow (isds §5.3). */
const WITHOUT_TIME_STAMP = '0005';

export const downloadSignedMessage: Download<SignedDownloadEvent> = {
  name: 'SignedMessageDownload',
  end(answer, { code }, lifted) {
    if (lifted !== 1 || children(answer, 'dmSignature').length !== 1) throw new MalformedXml('no signed message');
    return { kind: 'end', timeStamped: code !== WITHOUT_TIME_STAMP };
  },
};
