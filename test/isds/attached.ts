/** Multipart answers with parts attached to their XML, as large messages come. */
import { type Answer, answerBody, envelopeAround12, http, status } from './fake-isds.ts';

export const BOUNDARY = '==aB1?c==';

export const TYPE = `multipart/related; start="<rootpart>"; type="application/xop+xml"; boundary="${BOUNDARY}"; start-info="application/soap+xml"`;

export const INCLUDE = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:1"></xop:Include>';

export interface Part {
  readonly headers: readonly string[];
  readonly content: Buffer | string;
}

export function rootPart(operation: string, content: string, end = status('dm', '0000')): Part {
  return {
    headers: [
      'Content-Id: <rootpart>',
      'Content-Type: application/xop+xml;charset=utf-8;type="application/soap+xml"',
      'Content-Transfer-Encoding: binary',
    ],
    content: envelopeAround12(answerBody(operation, content, end)),
  };
}

export function filePart(content: Buffer | string, id = '<1>'): Part {
  return {
    headers: [`Content-Id: ${id}`, 'Content-Type: application/pdf', 'Content-Transfer-Encoding: binary'],
    content,
  };
}

/** `end` is what stands behind the last boundary. */
export function multipart(parts: readonly Part[], end = '--\r\n'): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ headers, content }, index) => [
      Buffer.from(`${index === 0 ? '' : '\r\n'}--${BOUNDARY}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`),
      Buffer.from(content),
    ]),
    Buffer.from(`\r\n--${BOUNDARY}${end}`),
  ]);
}

export function attached(parts: readonly Part[], end?: string): Answer {
  return http(200, TYPE, multipart(parts, end));
}

/** The answer of DownloadAttachment with the file as a part of its own. */
export function attachedFile(content: Buffer | string, name = 'Podklady.pdf', metaType = 'main'): Answer {
  return attached([
    rootPart(
      'DownloadAttachment',
      `<q:dmFile xmlns:p="http://isds.czechpoint.cz/v20" dmFileMetaType="${metaType}" dmFileDescr="${name}" dmMimeType="application/pdf"><p:dmEncodedContent>${INCLUDE}</p:dmEncodedContent></q:dmFile>`,
    ),
    filePart(content),
  ]);
}
