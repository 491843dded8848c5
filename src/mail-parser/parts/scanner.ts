/** The octets of a mail as they arrive, cut into the header blocks and the contents of its parts. */
import { problems, unreadable } from '../problems.ts';
import { Boundaries, type Delimiter } from './boundaries.ts';

/** A header block of an honest mail is below twenty kilobytes; long lists of References are the exception. */
const MAX_HEAD_OCTETS = 128 * 1024;

/** A line of a mail (RFC 5322 §2.1.1); what is longer delimits nothing. */
const MAX_DELIMITER_OCTETS = 998;

const [LF, CR, DASH, SPACE, TAB] = [0x0a, 0x0d, 0x2d, 0x20, 0x09];
/** A field (RFC 5322 §2.2); names of real ones are shorter than this by far. */
const FIELD = /^[!-9;-~]+[ \t]*:/;
const MAX_FIELD_NAME_OCTETS = 200;
const MBOX_LINE = /^>?From /;

/** Fields that only programs write; those below stand in letters now and then, in front of a quotation. */
const FIELD_OF_PROGRAMS =
  /^(?:content-(?:type|transfer-encoding|disposition|id)|mime-version|message-id|references|in-reply-to|received|return-path|user-agent|x-[a-z-]+|dkim-signature)[ \t]*:/i;
const FIELD_OF_PEOPLE = /^(?:from|to|cc|bcc|subject|date|reply-to|sender)[ \t]*:/i;

const BEFORE_DELIMITER = Buffer.from('\n--');

/** What ended a part. */
export type Stop = Delimiter | 'end of mail';

export class Scanner {
  readonly boundaries = new Boundaries();
  readonly #source: AsyncIterator<Buffer>;
  /**
   * What has arrived and was not given away. Before a header block or a content it begins with the line feed in front of that,
   * as if there were one before the mail, too: so a delimiter always has one before it.
   */
  #rest: Buffer = Buffer.of(LF);
  /** Where `#rest` lies while it grows by small pieces; what is behind it belongs to nobody. */
  #room: Buffer = Buffer.alloc(0);
  #isWhole = false;
  #stop: Stop | undefined;

  constructor(source: AsyncIterator<Buffer>) {
    this.#source = source;
  }

  /** What ended the part that was read last; undefined while it is not known. */
  get stop(): Stop | undefined {
    return this.#stop;
  }

  /**
   * The next header block with the empty line behind it, where there is one; refuses one that is too long. Where no empty line
   * stands between it and the text, the first line that is neither a field nor the rest of one begins the text, unless fields of
   * a mail follow: then a field was folded without the blank, and its rest is left in the block.
   */
  async head(): Promise<Buffer> {
    this.#proceed();
    let searched = 1;
    let text: number | undefined;
    let linesOfText = 0;
    for (let line = 1; ;) {
      const feed = this.#rest.indexOf(LF, Math.max(line, searched));
      const end = feed === -1 ? this.#rest.length : feed;
      if (end > MAX_HEAD_OCTETS) throw unreadable(problems.tooManyParts);
      if (feed === -1 && !this.#isWhole) {
        searched = this.#rest.length;
        await this.#more();
        continue;
      }
      if (this.#rest[line] === DASH && this.#rest[line + 1] === DASH) this.#stop = this.#delimiter(line, end);
      const isEmpty = isEmptyLine(this.#rest, line, end);
      if (!isEmpty && this.#stop === undefined) {
        if (text !== undefined && this.#goesOnWithFields(line, end, linesOfText)) text = undefined;
        else if (text !== undefined || this.#isText(line, end)) text ??= line;
        linesOfText = text === undefined ? 0 : linesOfText + 1;
      }
      const isEnd = this.#stop !== undefined || isEmpty || feed === -1;
      if (isEnd && text !== undefined) {
        this.#stop = undefined;
        return this.#take(1, text, text - 1);
      }
      if (this.#stop !== undefined) return this.#take(1, line, end);
      if (feed === -1) {
        this.#stop = 'end of mail';
        return this.#take(1, end, end);
      }
      if (isEmpty) return this.#take(1, end + 1, end);
      line = end + 1;
    }
  }

  /** The content behind the header block, without the line break that belongs to the delimiter. To be read to its end. */
  async *content(): AsyncGenerator<Buffer> {
    for (let begin = 1; this.#stop === undefined;) {
      const [end, next] = this.#contentAhead();
      if (end > begin) yield this.#rest.subarray(begin, end);
      this.#rest = this.#rest.subarray(next);
      if (next > 0) begin = 0;
      if (this.#stop !== undefined) return;
      if (this.#isWhole) this.#stop = 'end of mail';
      else await this.#more();
    }
  }

  /** Whether nothing follows what was read. */
  get isAtEnd(): boolean {
    return this.#stop === 'end of mail' || (this.#isWhole && this.#rest.length <= 1);
  }

  /** Throws away what nobody reads: before the first part of a multipart, or behind the last. True when it was white space. */
  async skip(): Promise<boolean> {
    this.#proceed();
    let isBlank = true;
    for await (const octets of this.content()) isBlank &&= octets.every((octet) => octet <= SPACE);
    return isBlank;
  }

  #proceed(): void {
    if (this.#stop !== 'end of mail') this.#stop = undefined;
  }

  /** Where the certain content ends and where to go on; meets the delimiter in between, if it is there. */
  #contentAhead(): readonly [end: number, next: number] {
    const rest = this.#rest;
    for (let at = rest.indexOf(BEFORE_DELIMITER); at !== -1; at = rest.indexOf(BEFORE_DELIMITER, at + 1)) {
      const feed = rest.indexOf(LF, at + 1);
      const lineEnd = feed === -1 ? rest.length : feed;
      const content = withoutReturn(rest, at);
      if (feed === -1 && !this.#isWhole && lineEnd - at <= MAX_DELIMITER_OCTETS) return [content, content];
      this.#stop = this.#delimiter(at + 1, lineEnd);
      if (this.#stop !== undefined) return [content, lineEnd];
    }
    const certain = this.#isWhole ? rest.length : rest.length - undecided(rest);
    return [certain, certain];
  }

  /** Neither a field nor the rest of one. */
  #isText(line: number, end: number): boolean {
    if (this.#rest[line] === SPACE || this.#rest[line] === TAB) return false;
    const beginning = this.#beginningOf(line, end);
    // What mailboxes in files put in front of each mail.
    return !FIELD.test(beginning) && !(line === 1 && MBOX_LINE.test(beginning));
  }

  /** Whether this line behind some that looked like text is a field after all: letters have lines with a colon, too. */
  #goesOnWithFields(line: number, end: number, linesBefore: number): boolean {
    const beginning = this.#beginningOf(line, end);
    return FIELD_OF_PROGRAMS.test(beginning) || (linesBefore === 1 && FIELD_OF_PEOPLE.test(beginning));
  }

  #beginningOf(line: number, end: number): string {
    return this.#rest.toString('latin1', line, Math.min(end, line + MAX_FIELD_NAME_OCTETS));
  }

  #delimiter(begin: number, end: number): Delimiter | undefined {
    return this.boundaries.delimiter(
      this.#rest.toString('latin1', begin + 2, Math.min(end, begin + MAX_DELIMITER_OCTETS + 1)),
    );
  }

  #take(begin: number, end: number, next: number): Buffer {
    const taken = this.#rest.subarray(begin, end);
    this.#rest = this.#rest.subarray(next);
    return taken;
  }

  async #more(): Promise<void> {
    const { value, done = false } = await this.#source.next();
    if (done) this.#isWhole = true;
    else this.#rest = this.#rest.length === 0 ? value : this.#joined(value);
  }

  /** A header block may come octet by octet: when more waits than comes, room is made for as much again. */
  #joined(value: Buffer): Buffer {
    const length = this.#rest.length + value.length;
    const begin = this.#rest.byteOffset - this.#room.byteOffset;
    const isInRoom = this.#rest.buffer === this.#room.buffer;
    if (isInRoom && begin + length <= this.#room.length) {
      value.copy(this.#room, begin + this.#rest.length);
      return this.#room.subarray(begin, begin + length);
    }
    if (this.#rest.length <= value.length) return Buffer.concat([this.#rest, value]);
    this.#room = Buffer.allocUnsafeSlow(2 * length);
    this.#rest.copy(this.#room);
    value.copy(this.#room, this.#rest.length);
    return this.#room.subarray(0, length);
  }
}

function isEmptyLine(octets: Buffer, line: number, end: number): boolean {
  return end === line || (end === line + 1 && octets[line] === CR);
}

/** Where the line break ends a line whose line feed this is. */
function withoutReturn(octets: Buffer, feed: number): number {
  return feed > 0 && octets[feed - 1] === CR ? feed - 1 : feed;
}

/** How many of the last octets may belong to a delimiter that has only begun to arrive. */
function undecided(octets: Buffer): number {
  const { length } = octets;
  const dashes = octets[length - 1] === DASH ? 1 : 0;
  const feed = length - 1 - dashes;
  if (octets[feed] === LF) return length - withoutReturn(octets, feed);
  return octets[length - 1] === CR ? 1 : 0;
}
