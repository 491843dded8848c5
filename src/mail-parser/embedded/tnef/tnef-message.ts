/** A TNEF stream taken apart: winmail.dat, or a message that is attached inside one (MS-OXTNEF). */
import { ATTACH_REND_DATA, AttachmentReader, type TnefAttachment } from './attachment.ts';
import { attributes } from './attributes.ts';
import { type Content, OctetReader, type ReadBudget } from '../octets.ts';
import { properties, type Property } from './properties.ts';
import type { CodePage } from './texts.ts';

const OEM_CODE_PAGE = 0x00069007;
const MESSAGE_PROPERTIES = 0x00069003;

/** Where the stream does not say. */
const CZECH_WINDOWS = 1250;

/** The message itself; contents stay where they lie until somebody asks for them. */
export interface TnefMessage {
  readonly codePage: CodePage;
  readonly properties: ReadonlyMap<number, Property>;
  /** Attributes of the message by their tag. */
  readonly attributes: ReadonlyMap<number, Content>;
  readonly attachments: readonly TnefAttachment[];
  /** For whoever reads on in it. */
  readonly budget: ReadBudget;
}

/** Reads the whole structure; refuses what is damaged, not complete, or has files that cannot be taken out. */
export async function readTnef(stream: Content, budget: ReadBudget): Promise<TnefMessage> {
  let codePage = CZECH_WINDOWS;
  const message = { properties: new Map<number, Property>(), attributes: new Map<number, Content>() };
  const attachments: TnefAttachment[] = [];
  let attachment: AttachmentReader | undefined;
  for await (const attribute of attributes(stream, budget)) {
    const { tag, data, isOfAttachment } = attribute;
    if (isOfAttachment) {
      if (tag === ATTACH_REND_DATA && attachment !== undefined) attachments.push(await attachment.finish());
      if (tag === ATTACH_REND_DATA || attachment === undefined) attachment = new AttachmentReader(codePage, budget);
      await attachment.take(attribute);
      continue;
    }
    message.attributes.set(tag, data);
    const reader = new OctetReader(data, budget);
    if (tag === OEM_CODE_PAGE) codePage = await reader.uint32();
    if (tag === MESSAGE_PROPERTIES)
      for await (const property of properties(reader)) message.properties.set(property.id, property);
  }
  if (attachment !== undefined) attachments.push(await attachment.finish());
  return { ...message, codePage, attachments, budget };
}
