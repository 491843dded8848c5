/** CreateMessage: the one act that must not happen twice, written as a stream of known length (isds §6.1). */
import { childIdentifier } from '../answer.ts';
import { base64Length, writeBase64 } from '../base64-writer.ts';
import { elements, requestElement } from '../operation.ts';
import { soapRequest } from '../soap.ts';
import type { OutgoingBody } from '../transport.ts';
import type { OutgoingFile, OutgoingMessage } from '../types.ts';
import type { XmlElement } from '../xml.ts';
import { type Markup, MalformedXml, xml } from '../xml-text.ts';

/** Where the files go in the request while it is being composed; in text it would be escaped, so it occurs once. */
const FILES_GO_HERE = xml`<dmFiles></dmFiles>`;

/** Everything but the files is written at once, so that what XML cannot carry is refused before anything is sent. */
export function createMessageBody(message: OutgoingMessage): OutgoingBody {
  const content = xml`<dmEnvelope>${envelope(message)}</dmEnvelope>${FILES_GO_HERE}`;
  const [before = '', after = ''] = soapRequest(requestElement('CreateMessage', content)).text.split(
    FILES_GO_HERE.text,
  );
  const head = Buffer.from(`${before}<dmFiles>`);
  const tail = Buffer.from(`</dmFiles>${after}`);
  const files = message.files.map((file) => ({ file, start: fileStart(file) }));
  const filesLength = files.reduce(
    (sum, { file, start }) => sum + start.length + base64Length(file.size) + FILE_END.length,
    0,
  );
  return {
    length: head.length + filesLength + tail.length,
    async *octets() {
      yield head;
      for (const { file, start } of files) {
        yield start;
        yield* writeBase64(file);
        yield FILE_END;
      }
      yield tail;
    },
  };
}

/** The dmID of the new message. */
export function readCreated(answer: XmlElement): string {
  const dmID = childIdentifier(answer, 'dmID');
  if (dmID === undefined) throw new MalformedXml('created without dmID');
  return dmID;
}

/** All 18 elements in the order of the schema, nil when unused; dmType is left out so that ISDS chooses (isds §6.1). */
function envelope(message: OutgoingMessage): Markup {
  return elements(
    ['dmSenderOrgUnit', undefined],
    ['dmSenderOrgUnitNum', undefined],
    ['dbIDRecipient', message.recipientBox],
    ['dmRecipientOrgUnit', undefined],
    ['dmRecipientOrgUnitNum', undefined],
    ['dmToHands', message.toHands],
    ['dmAnnotation', message.annotation],
    ['dmRecipientRefNumber', message.recipientRefNumber],
    ['dmSenderRefNumber', message.senderRefNumber],
    ['dmRecipientIdent', message.recipientIdent],
    ['dmSenderIdent', message.senderIdent],
    ['dmLegalTitleLaw', undefined],
    ['dmLegalTitleYear', undefined],
    ['dmLegalTitleSect', undefined],
    ['dmLegalTitlePar', undefined],
    ['dmLegalTitlePoint', undefined],
    ['dmPersonalDelivery', message.personalDelivery],
    ['dmAllowSubstDelivery', undefined],
  );
}

const FILE_END = Buffer.from('</dmEncodedContent></dmFile>');

function fileStart({ name, mimeType, metaType }: OutgoingFile): Buffer {
  const tag = xml`<dmFile dmMimeType="${mimeType}" dmFileMetaType="${metaType}" dmFileDescr="${name}">`;
  return Buffer.from(`${tag.text}<dmEncodedContent>`);
}
