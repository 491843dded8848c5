/** Text in XML: which characters may stand in it, how it is escaped when written and its references resolved when read. */

/** Anything that XML 1.0 §2.2 cannot carry: controls, lone surrogates, U+FFFE and U+FFFF. */
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Carriage returns and, in attributes, tabs and line feeds would not survive a parser unless written as references (XML 1.0 §2.11, §3.3.3). */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));|&/g;

const LAST_CODE_POINT = 0x10ffff;

/** What arrived is no XML that ISDS may send, or what is to be sent cannot be XML. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}

/** Whether the text has a character that XML 1.0 cannot carry in any form. */
export function hasForbiddenCharacter(text: string): boolean {
  return FORBIDDEN.test(text);
}

/** Template for XML: what is interpolated is text and gets escaped, unless it is `Markup` itself. */
export function xml(strings: TemplateStringsArray, ...values: readonly (string | Markup)[]): Markup {
  const pieces = values.map((value, index) => write(value) + (strings[index + 1] ?? ''));
  return new Markup((strings[0] ?? '') + pieces.join(''));
}

/** XML that is well-formed by construction; only `xml` and `join` make it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** One after the other. */
export function join(pieces: readonly Markup[]): Markup {
  return new Markup(pieces.map(({ text }) => text).join(''));
}

/** Resolves numeric references and the five names XML knows; anything else is refused. */
export function resolveReferences(text: string): string {
  return text.replace(REFERENCE, (whole: string, hexadecimal?: string, decimal?: string, name?: string) => {
    if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16), whole);
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10), whole);
    const named = name === undefined || !Object.hasOwn(NAMED, name) ? undefined : NAMED[name];
    if (named === undefined) throw new MalformedXml('unknown entity');
    return named;
  });
}

function character(codePoint: number, whole: string): string {
  const text = codePoint > LAST_CODE_POINT ? undefined : String.fromCodePoint(codePoint);
  if (text === undefined || hasForbiddenCharacter(text)) throw new MalformedXml(`forbidden character ${whole}`);
  return text;
}

function write(value: string | Markup): string {
  if (value instanceof Markup) return value.text;
  if (hasForbiddenCharacter(value)) throw new MalformedXml('a character that XML cannot carry');
  return value.replace(/[&<>"'\r\n\t]/g, (found) => ESCAPES[found] ?? found);
}
