/** Lifts long texts out of a SOAP request while it arrives: their base64 is decoded into spools, the rest stays small enough for memory. */
import { Base64Decoder } from './base64.ts';
import type { Spool, Spools } from './spool.ts';
import { XmlError } from './xml-text.ts';

/** Longer texts are content. */
const MAX_TEXT_OCTETS = 65_536;
/** Tags, and a hundred small files beside the lifted ones. */
const MAX_REST_OCTETS = 16 * 1024 * 1024;

const OPEN = 0x3c;
const CLOSE = 0x3e;
const QUOTES = [0x22, 0x27];

const SECTION_START = '<![CDATA[';

export type Lifted = Spool | 'not base64';

/** A request without its long texts, which are known by the place where they stood. */
export interface LiftedRequest {
  readonly rest: Buffer;
  readonly lifted: ReadonlyMap<number, Lifted>;
}

type Mode = 'text' | 'tag' | 'quoted' | 'comment' | 'section';

export class ContentLifter {
  readonly #spools: Spools;
  readonly #made: Spool[];
  readonly #rest: Buffer[] = [];
  readonly #lifted = new Map<number, Lifted>();
  #length = 0;
  #mode: Mode = 'text';
  #quote = 0;
  /** The last octets of the markup that is being read. */
  #markup = '';
  /** The text that is being read: its pieces while it is short, then its decoder. */
  #text: Buffer[] = [];
  #textLength = 0;
  #content: { readonly decoder: Base64Decoder; readonly spool: Spool } | undefined;

  /** Every spool it opens is added to `made`. */
  constructor(spools: Spools, made: Spool[]) {
    this.#spools = spools;
    this.#made = made;
  }

  write(octets: Buffer): void {
    for (let start = 0; start < octets.length;) {
      const end = this.#mode === 'text' ? octets.indexOf(OPEN, start) : this.#endOfMarkup(octets, start);
      const piece = octets.subarray(start, end === -1 ? octets.length : end);
      if (this.#mode === 'text') this.#addText(piece);
      else this.#keep(piece);
      start += piece.length;
      if (end !== -1) this.#turn();
    }
  }

  end(): LiftedRequest {
    if (this.#mode === 'text') this.#endText();
    return { rest: Buffer.concat(this.#rest), lifted: this.#lifted };
  }

  #turn(): void {
    if (this.#mode === 'text') {
      this.#endText();
      this.#mode = 'tag';
      this.#markup = '';
    } else this.#mode = 'text';
  }

  /** Behind the `>` that ends the tag or the comment, or -1. */
  #endOfMarkup(octets: Buffer, start: number): number {
    for (let index = start; index < octets.length; index++) {
      const octet = octets[index] ?? 0;
      if (this.#mode === 'quoted') {
        if (octet === this.#quote) this.#mode = 'tag';
      } else if (this.#mode === 'tag') {
        if (octet === CLOSE) return index + 1;
        if (QUOTES.includes(octet)) [this.#mode, this.#quote] = ['quoted', octet];
        else if (this.#markup.length < SECTION_START.length) this.#noteStart(octet);
      } else if (this.#isEnd(octet)) return index + 1;
    }
    return -1;
  }

  /** Whether the octet ends the comment or the section. */
  #isEnd(octet: number): boolean {
    const end = this.#mode === 'section' ? ']]' : '--';
    if (octet === CLOSE && this.#markup === end) return true;
    this.#markup = octet === end.charCodeAt(0) ? `${this.#markup}${end[0]}`.slice(-2) : '';
    return false;
  }

  /** Quotes do not count inside of a comment or of a section of text, which stays as it is. */
  #noteStart(octet: number): void {
    this.#markup += String.fromCharCode(octet);
    if (this.#markup === '<!--') [this.#mode, this.#markup] = ['comment', '--'];
    else if (this.#markup === SECTION_START) [this.#mode, this.#markup] = ['section', ''];
  }

  #addText(piece: Buffer): void {
    this.#textLength += piece.length;
    if (this.#content === undefined && this.#textLength > MAX_TEXT_OCTETS) this.#beginContent();
    if (this.#content === undefined) this.#text.push(piece);
    else this.#content.spool.write(this.#content.decoder.push(piece));
  }

  #beginContent(): void {
    const [decoder, spool] = [new Base64Decoder(), this.#spools.open()];
    this.#made.push(spool);
    for (const piece of this.#text) spool.write(decoder.push(piece));
    this.#text = [];
    this.#content = { decoder, spool };
  }

  #endText(): void {
    for (const piece of this.#text) this.#keep(piece);
    if (this.#content !== undefined) {
      const { decoder, spool } = this.#content;
      this.#lifted.set(this.#length, decoder.isComplete() ? spool : 'not base64');
    }
    this.#text = [];
    this.#textLength = 0;
    this.#content = undefined;
  }

  #keep(octets: Buffer): void {
    this.#length += octets.length;
    if (this.#length > MAX_REST_OCTETS) throw new XmlError('too much besides the content');
    this.#rest.push(Buffer.from(octets));
  }
}
