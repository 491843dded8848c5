/** Reading the elements of ISDS's answers leniently: every one may be missing, nil or empty, and all three mean the same (isds §0.2, §11.3). */
import { parseDateTime } from '../prague-time.ts';
import type { XmlElement } from '../xml/xml.ts';

/**
 * Official samples differ from the schema in the version, so any version is taken (isds §11.2); what stands around dmDm in
 * a signed message has a suffix (isds §5.3).
 */
const ISDS_NAMESPACES = /^http:\/\/isds\.czechpoint\.cz\/v\d{1,3}(?:\/(?:message|SentMessage))?$/;

const NIL = '{http://www.w3.org/2001/XMLSchema-instance}nil';
/** At most 20 characters (isds §4.1). */
const IDENTIFIER = /^[A-Za-z0-9_-]{1,20}$/;
const INTEGER = /^[+-]?\d{1,15}$/;

/** Whether ISDS's own elements stand in it, of whichever version. */
export function isIsdsNamespace(namespace: string): boolean {
  return ISDS_NAMESPACES.test(namespace);
}

/** Whether the element is one of ISDS's own. */
export function isIsds({ namespace }: XmlElement): boolean {
  return isIsdsNamespace(namespace);
}

/** Its children of that name that are ISDS's own. */
export function children(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((candidate) => candidate.name === name && isIsds(candidate));
}

/** The first child of that name that is ISDS's own. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return children(parent, name)[0];
}

/** The text as it stands; undefined when missing, nil or empty. */
export function childText(parent: XmlElement, name: string): string | undefined {
  const found = child(parent, name);
  if (found === undefined || isTrue(found.attributes.get(NIL))) return undefined;
  return found.text === '' ? undefined : found.text;
}

/** The text of an enumeration or a code, without the white space around it. */
export function childToken(parent: XmlElement, name: string): string | undefined {
  return childText(parent, name)?.trim() || undefined;
}

/** A box ID or a dmID; as it will stand in addresses, Message-IDs and UIDLs, anything else counts as missing. */
export function childIdentifier(parent: XmlElement, name: string): string | undefined {
  const token = childToken(parent, name);
  return token !== undefined && IDENTIFIER.test(token) ? token : undefined;
}

/** Undefined when it is missing or no whole number. */
export function childInteger(parent: XmlElement, name: string): number | undefined {
  return readInteger(childText(parent, name));
}

/** Undefined when it is missing or no boolean of XML Schema. */
export function childBoolean(parent: XmlElement, name: string): boolean | undefined {
  const text = childText(parent, name)?.trim();
  if (isTrue(text)) return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** Undefined when it is missing or names no moment. */
export function childDate(parent: XmlElement, name: string): Date | undefined {
  const text = childText(parent, name);
  return text === undefined ? undefined : parseDateTime(text);
}

/** Undefined for what is no whole number. */
export function readInteger(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  return INTEGER.test(trimmed) ? Number(trimmed) : undefined;
}

/** xs:boolean has two ways of saying yes. */
export function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}
