/** The address of a person who sets up a program, as far as it may appear in a document made for him. */

/** An ISDS login, perhaps with a tag for the device; nothing that means something in XML, HTML or a URL. */
const LOCAL_PART = /^[A-Za-z0-9._+-]{1,64}$/;

/** `login` and `login@domain` become `login@domain`; anything else is undefined. */
export function parseAddress(text: string, domain: string): string | undefined {
  const [local = '', host = domain, ...surplus] = text.trim().split('@');
  const own = surplus.length === 0 && host.toLowerCase() === domain;
  return own && LOCAL_PART.test(local) ? `${local}@${domain}` : undefined;
}
