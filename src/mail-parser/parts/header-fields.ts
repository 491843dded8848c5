/** The header fields of a mail or of a part of it, decoded when somebody asks; they are the sender's and may be anything. */
import type { Libmime } from 'libmime';
import { domainToUnicode } from 'node:url';
import parseAddresses, { type Address } from 'nodemailer/lib/addressparser';
import { decodeText, guessText } from '../text/charset.ts';

export type { Address };

/** A field of a header as it stands in the mail. */
export interface Field {
  /** In lower case. */
  readonly name: string;
  /** Unfolded, octets as characters. */
  readonly value: string;
}

/** A value with parameters, such as that of Content-Type; all of it decoded. */
export interface StructuredValue {
  /** Empty when the field is missing. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Of a longer value only the beginning is read, for decoding it takes as long as it is: some twenty milliseconds for this much.
 * A thread of a hundred answers and an address list of three hundred people are shorter.
 */
const MAX_VALUE_OCTETS = 16 * 1024;

const FIELD = /^([^:\s]+)[ \t]*:(.*)$/s;
const LINE_END = /\r?\n(?![ \t])/;
/** A line that is no field goes on with the one before it, whose fold lost its blank. */
const IS_FIELD = /^[^:\s]+[ \t]*:/;
const FOLD = /\r?\n[ \t]*/g;

/** An encoded word whose octets stand in it as letters (RFC 2047 §4.2), and octets that had to be written so. */
const LETTER_WORD = /=\?[^?\s]+\?q\?[^?]*\?=/gi;
const RAW = /[\x80-\xff]/g;

/** Values of RFC 2231 in which octets are written as %XX: the first one names their charset, the others go on. */
const EXTENDED_VALUE = /\*\s*=\s*"?[\w.:-]+'[^']*'[^;]*|\*[1-9]\d*\*\s*=[^;]*/g;

/** What the library knows of RFC 2047 and RFC 2231. */
export type Words = Pick<Libmime, 'decodeWords' | 'parseHeaderValue'>;

let library: Promise<Words> | undefined;

/** The fields of a header block; loads what reads them when the first one comes. */
export async function readHeaderFields(block: Buffer): Promise<HeaderFields> {
  return new HeaderFields(block, await (library ??= loadWords()));
}

async function loadWords(): Promise<Words> {
  // Twelve megabytes, which a gateway that is only read from does without.
  const { Libmime } = await import('libmime');
  return new (class extends Libmime {
    /** The library finds the words and their octets; in which charset they are is decided as it is for texts. */
    override decodeWord(charset: string, encoding: string, text: string): string {
      const octets = Buffer.from(super.decodeWord('binary', encoding, text), 'latin1');
      return decodeText(octets, charset.replace(/\*.*/, '')) ?? guessText(octets);
    }
  })();
}

/** Of a field that must not come twice (RFC 5322 §3.6) the first one counts. */
export class HeaderFields {
  /** In the order of the mail. */
  readonly fields: readonly Field[];
  readonly #words: Words;
  readonly #structured = new Map<string, StructuredValue>();

  constructor(block: Buffer, words: Words) {
    this.fields = linesIn(block).flatMap(fieldIn);
    this.#words = words;
  }

  has(name: string): boolean {
    return this.#field(name) !== undefined;
  }

  /** An unstructured field; empty when it is missing. */
  text(name: string): string {
    return this.decoded(this.#field(name)?.value ?? '');
  }

  /** The value of a field as text. */
  decoded(value: string): string {
    return this.#words.decodeWords(inUnicode(value));
  }

  structured(name: string): StructuredValue {
    const known = this.#structured.get(name);
    if (known !== undefined) return known;
    const read = this.#readStructured(inUnicode(this.#field(name)?.value ?? ''));
    this.#structured.set(name, read);
    return read;
  }

  /** Everybody whom the fields of this name have; all of them together are read as far as one. */
  addresses(name: string): Address[] {
    const fields = this.fields.filter((field) => field.name === name);
    let room = MAX_VALUE_OCTETS;
    const values = fields.map(({ value }) => {
      const read = value.slice(0, room);
      room -= read.length;
      return read;
    });
    return values.flatMap((value) => parseAddresses(inUnicode(value))).flatMap((one) => this.#decodedAddress(one));
  }

  #field(name: string): Field | undefined {
    return this.fields.find((field) => field.name === name);
  }

  #readStructured(text: string): StructuredValue {
    const { value, params, decodedParams } = this.#words.parseHeaderValue(text, { stripComments: true });
    const decoded = new Set(decodedParams);
    // Outlook and others write words of RFC 2047 where only RFC 2231 is allowed.
    const parameters = Object.entries(params).map(
      ([key, words]) => [key, decoded.has(key) ? words : this.#words.decodeWords(words)] as const,
    );
    return { value: this.#words.decodeWords(value).trim(), parameters: new Map(parameters) };
  }

  #decodedAddress(one: Address): Address[] {
    const name = this.#words.decodeWords(one.name).trim();
    if (one.group !== undefined) return [{ name, group: one.group.flatMap((inner) => this.#decodedAddress(inner)) }];
    // Some programs make one word of name and address together.
    if (one.address === '' && name !== one.name && name.endsWith('>')) return parseAddresses(name);
    return [{ name, address: inNationalLetters(one.address) }];
  }
}

function linesIn(block: Buffer): string[] {
  const lines: string[] = [];
  for (const line of block.toString('latin1').split(LINE_END)) {
    if (IS_FIELD.test(line) || lines.length === 0) lines.push(line);
    else lines[lines.length - 1] += `\n ${line}`;
  }
  return lines;
}

function fieldIn(line: string): Field[] {
  const [, name, value] = FIELD.exec(line) ?? [];
  return name === undefined || value === undefined
    ? []
    : [{ name: name.toLowerCase(), value: value.replace(FOLD, ' ').trim().slice(0, MAX_VALUE_OCTETS) }];
}

/** Raw letters outside of words as text; those inside have the charset of their word, and are left to it. */
function inUnicode(octets: string): string {
  const escaped = octets
    .replace(LETTER_WORD, (word) => word.replace(RAW, (octet) => `=${hexadecimal(octet)}`))
    .replace(EXTENDED_VALUE, (value) => value.replace(RAW, (octet) => `%${hexadecimal(octet)}`));
  return guessText(Buffer.from(escaped, 'latin1'));
}

function hexadecimal(octet: string): string {
  return octet.charCodeAt(0).toString(16).toUpperCase();
}

function inNationalLetters(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return address.slice(0, at) + (domain.includes('xn--') ? domainToUnicode(domain) || domain : domain);
}
