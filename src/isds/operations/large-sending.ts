/** Sending a large message: its files one by one, then the message that refers to them (isds §6.4). */
import { child, childToken } from '../soap/answer.ts';
import { IsdsError } from '../error.ts';
import { INCLUDED_FILE, mtomBody } from '../http/mtom-body.ts';
import { requestElement } from '../soap/operation.ts';
import type { AttachmentDigest, OutgoingBigMessage, OutgoingFile, UploadedFile } from '../outgoing.ts';
import { soapRequest } from '../soap/soap.ts';
import type { OutgoingBody } from '../http/transport.ts';
import type { XmlElement } from '../xml/xml.ts';
import { join, MalformedXml, xml } from '../xml/xml-text.ts';
import { outgoingEnvelope, recipientElements } from './outgoing-envelope.ts';

/**
 * The digest that is compared, with that of the file when it was received: whatever changed it on its way is found. ISDS gives
 * SHA3-256 as well (isds §6.4), which takes a third of a second for the largest message and tells nothing more; it goes back to
 * ISDS as it came.
 */
const COMPARED_ALGORITHM = 'SHA-256';

/** The request UploadAttachment (isds §6.4). */
export function uploadBody(file: OutgoingFile): OutgoingBody {
  const { name, mimeType } = file;
  const content = xml`<dmFile dmMimeType="${mimeType}" dmFileDescr="${name}"><dmEncodedContent>${INCLUDED_FILE}</dmEncodedContent></dmFile>`;
  return mtomBody(soapRequest(requestElement('UploadAttachment', content), '1.2'), file);
}

/** What ISDS calls the uploaded file. Throws IsdsError `not-intact` when its digest is not that of what was sent. */
export function readUploaded(answer: XmlElement, { sha256 }: OutgoingFile): UploadedFile {
  const attachmentId = childToken(answer, 'dmAttID');
  if (attachmentId === undefined) throw new MalformedXml('uploaded without ID');
  const digests = [readDigest(answer, 'dmAttHash1'), readDigest(answer, 'dmAttHash2')] as const;
  for (const { algorithm, value } of digests) {
    if (algorithm.toUpperCase() === COMPARED_ALGORITHM && value.toLowerCase() !== sha256)
      throw new IsdsError({ kind: 'not-intact', problem: 'ISDS received other octets than were sent' });
  }
  return { attachmentId, digests };
}

function readDigest(answer: XmlElement, name: string): AttachmentDigest {
  const algorithm = child(answer, name)?.attributes.get('AttHashAlg')?.trim();
  const value = childToken(answer, name);
  if (algorithm === undefined || value === undefined) throw new MalformedXml('uploaded without digests');
  return { algorithm, value };
}

/** The request CreateBigMessage for files that were uploaded (isds §6.4). */
export function createBigMessageBody(message: OutgoingBigMessage): OutgoingBody {
  const recipient = recipientElements(message.recipientBox, message.toHands);
  const files = message.files.map(({ uploaded: { attachmentId, digests }, metaType }) => {
    const [first, second] = digests;
    return xml`<dmExtFile dmFileMetaType="${metaType}" dmAttID="${attachmentId}" dmAttHash1="${first.value}" dmAttHash1Alg="${first.algorithm}" dmAttHash2="${second.value}" dmAttHash2Alg="${second.algorithm}"/>`;
  });
  const content = xml`${outgoingEnvelope(message, [recipient])}<dmFiles>${join(files)}</dmFiles>`;
  const octets = Buffer.from(soapRequest(requestElement('CreateBigMessage', content), '1.2').text);
  return {
    length: octets.length,
    async *octets() {
      yield octets;
    },
  };
}
