/** Answers about large messages, and their files put together from the events. */
import type { DownloadEvent } from '../../src/isds/index.ts';
import { type Answer, answers } from './fake-isds.ts';

export const envelope = (attributes: string): Answer =>
  answers(
    'MessageEnvelopeDownload',
    `<q:dmReturnedMessageEnvelope dmVODZ="true" ${attributes}><q:dmDm><q:dmID>7</q:dmID><q:dmAnnotation>Výkresy</q:dmAnnotation></q:dmDm><q:dmMessageStatus>6</q:dmMessageStatus></q:dmReturnedMessageEnvelope>`,
  );

interface Got {
  readonly name: string;
  readonly encoding: string;
  readonly content: Buffer;
}

/** The files with their content, then the last event. */
export async function collect(events: AsyncIterable<DownloadEvent>) {
  const files: Got[] = [];
  for await (const event of events) {
    if (event.kind === 'end') return { files, end: event };
    const file = event.kind === 'content' ? files.pop() : undefined;
    if (event.kind === 'file') files.push({ ...event.file, content: Buffer.alloc(0) });
    else if (file) files.push({ ...file, content: Buffer.concat([file.content, event.octets]) });
  }
  throw new Error('no end');
}

export const CONTENT = Buffer.from('Příliš žluťoučký kůň\r\n--úpěl ďábelské ódy\r\n--');
