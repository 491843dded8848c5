/** What the header fields of a part say about its content (RFC 2045, RFC 2183). */
import { extensionOf, mimeTypeFor } from '../../attachments/index.ts';
import type { HeaderFields } from './header-fields.ts';

const OCTETS = 'application/octet-stream';
const TEXT = 'text/plain';

/** A part that says nothing is text (RFC 2045 §5.2), in a digest a mail (RFC 2046 §5.1.5), or what its file name says. */
export function partType(headers: HeaderFields, parentType?: string): string {
  const stated = headers.structured('content-type').value.toLowerCase();
  if (stated.includes('/')) return stated;
  if (stated === 'text') return TEXT;
  if (parentType === 'multipart/digest') return 'message/rfc822';
  const name = fileName(headers);
  if (name !== undefined && extensionOf(name) !== undefined) return mimeTypeFor(name) ?? OCTETS;
  return disposition(headers) === 'attachment' ? OCTETS : TEXT;
}

/** The value of Content-Disposition in lower case (RFC 2183); undefined when it is missing or empty. */
export function disposition(headers: HeaderFields): string | undefined {
  return headers.structured('content-disposition').value.toLowerCase() || undefined;
}

/** File name of Content-Disposition or Content-Type, decoded but not yet trusted. */
export function fileName(headers: HeaderFields): string | undefined {
  const inDisposition = headers.structured('content-disposition').parameters.get('filename') ?? '';
  const inType = typeParameter(headers, 'name') ?? '';
  // Some programs cut the extension off the one, and leave it with the other.
  if (inDisposition !== '' && extensionOf(inDisposition) === undefined && inType.startsWith(`${inDisposition}.`))
    return inType;
  return inDisposition || inType || undefined;
}

/** A parameter of Content-Type, such as charset. */
export function typeParameter(headers: HeaderFields, name: string): string | undefined {
  return headers.structured('content-type').parameters.get(name);
}
