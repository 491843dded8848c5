/** Text of requests and answers: references are resolved on the way in, reserved characters escaped on the way out. */

/** The request is not well-formed, or uses what SOAP forbids (a DTD, processing instructions). */
export class XmlError extends Error {}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the five named and the numeric references; without a DTD there are no others. */
export function decodeText(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w{2,4}));|&/g, (_, hex, decimal, name) => {
    if (name !== undefined && name in NAMED) return NAMED[name] ?? '';
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    if (!(code <= 0x10_ffff)) throw new XmlError('an unknown reference');
    return String.fromCodePoint(code);
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** The text as XML carries it. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? '');
}

/** White space is escaped too, a reader would turn it into spaces (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}
