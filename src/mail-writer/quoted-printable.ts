/**
 * Text as quoted-printable (RFC 2045 §6.7). nodemailer offers its encoder to its own files only; it is taken from there, in this one
 * place, because its source is the one that mail programs have met most.
 */
import { encode, wrap } from 'nodemailer/lib/qp';

/** RFC 2045 §6.7. */
const MAX_LINE_OCTETS = 76;

/** Lines of ASCII with CRLF; `text` has \n between its lines. */
export function quotedPrintable(text: string): string {
  return wrap(encode(text.replaceAll('\n', '\r\n')), MAX_LINE_OCTETS);
}
