/** Fetching a message as ISDS sealed it: one answer gives the signed original and the files inside it (isds §5.3). */
import type { Clock } from '../../core/index.ts';
import { children, isIsds } from '../answer.ts';
import { Lifter, type Rest } from '../lift.ts';
import { BrokenOriginal } from '../signed/broken-original.ts';
import { OriginalReader } from '../signed/original-reader.ts';
import type { TrustAnchors } from '../signed/trust-anchors.ts';
import { readAnswer } from '../soap.ts';
import type { Envelope, OriginalDownloadEvent } from '../types.ts';
import { MalformedXml } from '../xml-text.ts';
import type { XmlElement } from '../xml.ts';
import { type Download, readMessage } from './download.ts';

/** Success, but the time stamp authority was slow (isds §5.3). */
const WITHOUT_TIME_STAMP = '0005';

/** The largest message, 28 MB of XML with base64 inside, is written in base64 once more, with line breaks 39 MB; the rest as there. */
const LARGEST_ORIGINAL = 55_000_000;

/** Messages that were sent and receipts are sealed under other names (isds §5.3). */
function isReceivedMessage(root: XmlElement): boolean {
  return root.name === 'MessageDownloadResponse' && isIsds(root) && root.namespace.endsWith('/message');
}

export function originalDownload(anchors: TrustAnchors | undefined, clock: Clock): Download<OriginalDownloadEvent> {
  return {
    name: 'SignedMessageDownload',
    largest: LARGEST_ORIGINAL,
    async *read(body, dmID) {
      const answerLifter = new Lifter('original');
      const original = new OriginalReader();
      for await (const chunk of body)
        for (const lifted of answerLifter.push(chunk))
          if (lifted.kind === 'content') yield* original.push(lifted.octets);
      const { skeleton, lifted } = answerLifter.end();
      const { body: answer, status } = readAnswer(skeleton);
      if (lifted !== 1 || children(answer, 'dmSignature').length !== 1) throw new MalformedXml('no signed message');
      const { signed, message } = original.end();
      const envelope = readSealedMessage(message);
      if (envelope.dmID !== dmID) throw new BrokenOriginal('another message');
      // Loaded only now, because it brings a large library along that sending and listing do without.
      const { judgeSeal } = await import('../signed/seal.ts');
      const stamped = status.code !== WITHOUT_TIME_STAMP;
      const seal = judgeSeal(signed, { anchors, stamped, now: new Date(clock.now()) });
      return { end: { kind: 'end', envelope, seal }, code: status.code };
    },
  };
}

function readSealedMessage({ skeleton, lifted }: Rest): Envelope {
  if (!isReceivedMessage(skeleton)) throw new BrokenOriginal('not a received message');
  return readMessage(skeleton, lifted);
}
