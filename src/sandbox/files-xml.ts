/** The dmFiles element, the same octets in every answer and in the signed message (isds §5.2). */
import { base64Length, encodeBase64 } from './base64.ts';
import { piecesOf } from './content.ts';
import type { Message, MessageFile } from './message.ts';
import { countOctets, type Pieces, XmlWriter } from './xml-writer.ts';

type Contents = Pick<Message, 'files' | 'lineBreaks'>;

/** dmFiles with the content of each file. */
export function* writeFiles(writer: XmlWriter, { files, lineBreaks }: Contents): Generator<string | Buffer> {
  yield writer.open('dmFiles');
  for (const file of files) {
    yield writer.open('dmFile', attributesOf(file));
    yield* file.form === 'xml' ? asXml(writer, file) : asBase64(writer, file, lineBreaks);
    yield writer.close('dmFile');
  }
  yield writer.close('dmFiles');
}

/** The real ISDS writes the unused ones too, empty and in no particular order (isds §5.2). */
function attributesOf({ name, mimeType, metaType }: MessageFile) {
  return {
    dmFormat: '',
    dmMimeType: mimeType,
    dmFileDescr: name,
    dmUpFileGuid: '',
    dmFileMetaType: metaType,
    dmFileGuid: '',
  };
}

function* asBase64(writer: XmlWriter, file: MessageFile, lineBreaks: boolean): Generator<string> {
  yield writer.open('dmEncodedContent');
  yield* encodeBase64(piecesOf(file.content), lineBreaks);
  yield writer.close('dmEncodedContent');
}

function* asXml(writer: XmlWriter, file: MessageFile): Pieces {
  yield writer.open('dmXMLContent');
  yield* piecesOf(file.content);
  yield writer.close('dmXMLContent');
}

/** dmAttachmentSize: octets of the serialised dmFiles in units of 1024, rounded to nearest (isds §4.1). */
export function attachmentSize({ files, lineBreaks }: Contents): number {
  const empty = files.map((file) => ({ ...file, content: Buffer.alloc(0) }));
  const markup = countOctets(writeFiles(new XmlWriter('p'), { files: empty, lineBreaks }));
  const lengths = files.map(({ content, form }) =>
    form === 'xml' ? content.length : base64Length(content.length, lineBreaks),
  );
  return Math.round(lengths.reduce((sum, length) => sum + length, markup) / 1024);
}
