/** An MTOM request with one file: its XML, then the octets as they are, of known length (isds §1.4). */
import { randomUUID } from 'node:crypto';
import { differsInSize, type OutgoingFile } from '../outgoing.ts';
import type { OutgoingBody } from './transport.ts';
import { type Markup, xml } from '../xml/xml-text.ts';

const ROOT = '<root@postolka>';
const FILE = 'file@postolka';

/** What stands in the XML in place of the file's octets. */
export const INCLUDED_FILE: Markup = xml`<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${FILE}"/>`;

export function mtomBody(envelope: Markup, file: Pick<OutgoingFile, 'size' | 'open'>): OutgoingBody {
  // Nobody can have put into a file what is only made up now.
  const boundary = `=_postolka_${randomUUID()}`;
  const head = Buffer.from(
    [
      `--${boundary}`,
      'Content-Type: application/xop+xml; charset=UTF-8; type="application/soap+xml"',
      'Content-Transfer-Encoding: 8bit',
      `Content-ID: ${ROOT}`,
      '',
      envelope.text,
      `--${boundary}`,
      'Content-Type: application/octet-stream',
      'Content-Transfer-Encoding: binary',
      `Content-ID: <${FILE}>`,
      '',
      '',
    ].join('\r\n'),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    length: head.length + file.size + tail.length,
    // Any other type parameter is refused with HTTP 599 (isds §1.4).
    type: `multipart/related; type="application/xop+xml"; start="${ROOT}"; start-info="application/soap+xml"; action=""; boundary="${boundary}"`,
    async *octets() {
      yield head;
      let given = 0;
      for await (const chunk of file.open()) {
        given += chunk.length;
        if (given > file.size) throw differsInSize();
        yield chunk;
      }
      // The request is not whole without its tail, so that ISDS cannot take a file that changed.
      if (given !== file.size) throw differsInSize();
      yield tail;
    },
  };
}
