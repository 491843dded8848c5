/** The two values of an Autodiscover request, cut out without parsing XML: what is not parsed cannot be attacked. */

export interface AutodiscoverRequest {
  readonly address: string | undefined;
  /** Namespace of the answer that the program wants. */
  readonly schema: string | undefined;
}

/** A DTD has no business here and is where entity bombs and file reading begin; such a request is malformed. */
export function readAutodiscoverRequest(body: Buffer): AutodiscoverRequest | 'malformed' {
  // Octets that are no UTF-8 become replacement characters, which neither value may hold.
  const text = body.toString('utf8');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'malformed';
  return { address: contentOf(text, 'EMailAddress'), schema: contentOf(text, 'AcceptableResponseSchema') };
}

/** The text between the first tags of this name, whatever its prefix; texts with references or markup count as none. */
function contentOf(text: string, name: string): string | undefined {
  const start = new RegExp(`<(?:[A-Za-z][\\w.-]{0,30}:)?${name}>`).exec(text);
  if (start === null) return undefined;
  const begin = start.index + start[0].length;
  const content = text.slice(begin, text.indexOf('<', begin)).trim();
  return content.includes('&') ? undefined : content;
}
