/** The leaves of a mail as they arrive: texts of the body into memory, everything else into the spool. */
import { Slices } from '../core/index.ts';
import type { BodyPart } from './text/body-text.ts';
import { decodeText } from './text/charset.ts';
import { takeOutPictures } from './text/embedded-pictures.ts';
import { unwrapFlowed } from './text/flowed-text.ts';
import { takeOutUuencoded } from './text/uuencoded.ts';
import { withLineFeeds } from './text/line-feeds.ts';
import { typeParameter } from './parts/content-fields.ts';
import type { HeaderFields } from './parts/header-fields.ts';
import { type ArrivingPart, type PartNode, readParts } from './parts/mail-parts.ts';
import { problems, unreadable } from './problems.ts';
import { isSmime } from './protected-mail.ts';
import type { Reading } from './reading.ts';
import type { SpooledFile } from '../spool/index.ts';

/** The machine's half of a report (RFC 3464, RFC 8098): lines of text, worth reading in a report that is forwarded. */
const REPORTS = new Set(['message/delivery-status', 'message/disposition-notification', 'text/rfc822-headers']);

const OCTETS = 'application/octet-stream';

/** In place of a file, where it lies (RFC 2046 §5.2.3). */
const LINK = 'message/external-body';

/** A part of the mail that is no text, in the spool. */
export interface ReceivedFile {
  readonly type: string;
  readonly name: string | undefined;
  /** The mail itself inside its signature or encryption. */
  readonly isSmime?: boolean;
  readonly content: SpooledFile;
}

/** A mail read to its end; parts are found by the header block of their node. */
export interface ReceivedParts {
  readonly tree: PartNode;
  readonly bodies: ReadonlyMap<HeaderFields, BodyPart>;
  readonly files: ReadonlyMap<HeaderFields, ReceivedFile>;
  /** Pictures that stood in the markup of a body, by Content-ID. */
  readonly embedded: ReadonlyMap<string, ReceivedFile>;
  /** Files that were written into a plain text. */
  readonly written: readonly ReceivedFile[];
}

/**
 * Reads the whole source; rejects with Refused for a mail that cannot be read, with the source's own error or the signal's
 * reason otherwise. The source must end or fail soon after the signal; its iterator is returned in any case.
 */
export async function receiveParts(source: AsyncIterable<Buffer>, reading: Reading): Promise<ReceivedParts> {
  const collector = new Collector(reading);
  const octets = source[Symbol.asyncIterator]();
  try {
    const tree = await readParts(paced(octets, reading), (part) => collector.take(part));
    reading.signal.throwIfAborted();
    return {
      tree,
      bodies: collector.bodies,
      files: collector.files,
      embedded: collector.embedded,
      written: collector.written,
    };
  } catch (error) {
    reading.signal.throwIfAborted();
    throw error;
  } finally {
    await octets.return?.();
  }
}

/** Many mails that arrive at once would otherwise have a chunk each in every turn of the loop. */
function paced(source: AsyncIterator<Buffer>, { budget }: Reading): AsyncIterator<Buffer> {
  return {
    async next() {
      const chunk = await source.next();
      await budget.pause();
      return chunk;
    },
  };
}

class Collector {
  readonly bodies = new Map<HeaderFields, BodyPart>();
  readonly files = new Map<HeaderFields, ReceivedFile>();
  readonly embedded = new Map<string, ReceivedFile>();
  readonly written: ReceivedFile[] = [];
  readonly #reading: Reading;
  #embeddedCount = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  async take(part: ArrivingPart): Promise<void> {
    this.#reading.budget.countPart();
    if (part.type === LINK) throw unreadable(problems.linkOnly);
    if (isBody(part)) this.bodies.set(part.headers, await this.#readBody(part));
    else {
      const content = await this.#reading.spool.add(part.content);
      const { type, fileName: name } = part;
      const smime = isSmime(type, typeParameter(part.headers, 'smime-type'), name);
      this.files.set(part.headers, { type, name, content, isSmime: smime });
    }
  }

  async #readBody(part: ArrivingPart): Promise<BodyPart> {
    const { budget, account } = this.#reading;
    const chunks: Buffer[] = [];
    for await (const chunk of part.content) {
      if (part.type === 'text/html') budget.countBody(chunk.length);
      else budget.countText(chunk.length);
      chunks.push(chunk);
    }
    const slices = new Slices(account);
    const decoded = decodeText(Buffer.concat(chunks), typeParameter(part.headers, 'charset'));
    // In the letters of another charset it would be another text.
    if (decoded === undefined) throw unreadable(problems.encoding);
    await slices.next();
    const text = await withLineFeeds(decoded, slices);
    if (part.type === 'text/html') return { kind: 'html', text: await this.#withoutPictures(text) };
    const bare = await this.#withoutFiles(text);
    return { kind: 'plain', text: isFlowed(part) ? unwrapFlowed(bare, isDelSp(part)) : bare };
  }

  async #withoutFiles(text: string): Promise<string> {
    const { text: bare, files } = takeOutUuencoded(text);
    for (const { name, content } of files) {
      this.#reading.budget.countPart();
      this.written.push({ type: OCTETS, name, content: await this.#reading.spool.add([content]) });
    }
    return bare;
  }

  async #withoutPictures(markup: string): Promise<string> {
    const { html, pictures } = takeOutPictures(markup, () => ++this.#embeddedCount);
    for (const { contentId, type, content } of pictures) {
      this.#reading.budget.countPart();
      const stored = await this.#reading.spool.add([content]);
      this.embedded.set(contentId, { type, name: undefined, content: stored });
    }
    return html;
  }
}

/** A text with a file name is a file, even when its disposition is inline (mail-clients §10.4). */
function isBody(part: ArrivingPart): boolean {
  const text = part.type === 'text/plain' || part.type === 'text/html' || REPORTS.has(part.type);
  return text && part.fileName === undefined && (part.disposition ?? 'inline') === 'inline';
}

function isFlowed(part: ArrivingPart): boolean {
  return typeParameter(part.headers, 'format')?.trim().toLowerCase() === 'flowed';
}

function isDelSp(part: ArrivingPart): boolean {
  return typeParameter(part.headers, 'delsp')?.trim().toLowerCase() === 'yes';
}
