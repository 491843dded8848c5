/** Parts that a mail program adds beside the text for other programs: invitations, other forms of the text (mail-clients §10.4). */
import type { BodyParts } from './text/body-text.ts';
import { typeParameter } from './parts/content-fields.ts';
import type { PartNode } from './parts/mail-parts.ts';

const CALENDAR = new Set(['text/calendar', 'application/ics']);

/** Some node of the mail is an invitation, a cancellation or the like; a calendar without a method is a file (RFC 6047 §2.4). */
export function hasInvitation(node: PartNode): boolean {
  const isInvitation = node.contentType === 'text/calendar' && typeParameter(node.headers, 'method') !== undefined;
  return isInvitation || node.children.some(hasInvitation);
}

/** What Thunderbird leaves where somebody deleted a file. */
const DELETED_FILE = 'text/x-moz-deleted';

/** The half of a file that only a Mac has (RFC 1740), and what Word keeps for itself beside a page. */
const RESOURCE_FORK = 'application/applefile';
const PROGRAMS_OWN = /^(?:\._.*|oledata\.mso|editdata\.mso|\.ds_store)$/i;

/** Parts that their sender does not know of, and nobody else can use. */
export function isRemnant({ contentType }: PartNode, name = ''): boolean {
  return contentType === DELETED_FILE || contentType === RESOURCE_FORK || PROGRAMS_OWN.test(name);
}

/** Whether the part is an entry of a calendar. */
export function isCalendar(node: PartNode): boolean {
  return CALENDAR.has(node.contentType);
}

/** The text once more, for watches, other programs or old ones; a part with a name is a file. */
export function isOtherForm(
  node: PartNode,
  parent: PartNode | undefined,
  name: string | undefined,
  bodies: BodyParts,
): boolean {
  const isText = node.contentType.startsWith('text/');
  if (!isText || name !== undefined || parent?.contentType !== 'multipart/alternative') return false;
  return parent.children.some((sibling) => hasBody(sibling, bodies));
}

function hasBody(node: PartNode, bodies: BodyParts): boolean {
  return bodies.has(node.headers) || node.children.some((child) => hasBody(child, bodies));
}
