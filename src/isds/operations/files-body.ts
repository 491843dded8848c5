/** A request with files in it, written as a stream of known length. */
import { base64Length, encodeSized } from '../../base64/index.ts';
import { requestElement } from '../soap/operation.ts';
import { differsInSize, type OutgoingFile } from '../outgoing.ts';
import { soapRequest } from '../soap/soap.ts';
import type { OutgoingBody } from '../http/transport.ts';
import { type Markup, xml } from '../xml/xml-text.ts';

/** Where the files go in the request while it is being composed; in text it would be escaped, so it occurs once. */
const FILES_GO_HERE = xml`<dmFiles></dmFiles>`;

/** Everything but the files is written at once, so that what XML cannot carry is refused before anything is sent. */
export function filesBody(operation: string, beforeFiles: Markup, outgoing: readonly OutgoingFile[]): OutgoingBody {
  const content = xml`${beforeFiles}${FILES_GO_HERE}`;
  const [before = '', after = ''] = soapRequest(requestElement(operation, content)).text.split(FILES_GO_HERE.text);
  const head = Buffer.from(`${before}<dmFiles>`);
  const tail = Buffer.from(`</dmFiles>${after}`);
  const files = outgoing.map((file) => ({ file, start: fileStart(file) }));
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
        yield* encodeSized(file.open(), file.size, differsInSize);
        yield FILE_END;
      }
      yield tail;
    },
  };
}

const FILE_END = Buffer.from('</dmEncodedContent></dmFile>');

function fileStart({ name, mimeType, metaType }: OutgoingFile): Buffer {
  const tag = xml`<dmFile dmMimeType="${mimeType}" dmFileMetaType="${metaType}" dmFileDescr="${name}">`;
  return Buffer.from(`${tag.text}<dmEncodedContent>`);
}
