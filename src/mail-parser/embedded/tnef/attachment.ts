/** One attachment of a TNEF stream: the attributes that belong to it become a file or a message. */
import { problems, unreadable } from '../../problems.ts';
import type { Attribute } from './attributes.ts';
import { type Content, OctetReader, type ReadBudget, slice } from '../octets.ts';
import { properties, type Property, PropertyType } from './properties.ts';
import { type CodePage, plainText, propertyNumber, propertyText } from './texts.ts';

export const ATTACH_REND_DATA = 0x00069002;
const ATTACH_DATA = 0x0006800f;
const ATTACH_TITLE = 0x00018010;
const ATTACHMENT = 0x00069005;

/** Identifiers of MAPI properties (MS-OXPROPS). */
const Id = { displayName: 0x3001, data: 0x3701, name: 0x3704, method: 0x3705, longName: 0x3707, type: 0x370e } as const;

/** PidTagAttachMethod (MS-OXCMSG §2.2.2.9): the file, or only where it can be found, or something inside the text. */
const Method = { byReference: 2, byReferenceResolved: 3, byReferenceOnly: 4, message: 5, ole: 6, byWebReference: 7 };
const LINKS = new Set([Method.byReference, Method.byReferenceResolved, Method.byReferenceOnly, Method.byWebReference]);

const IID_LENGTH = 16;
const IID_MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');
const IID_STORAGE = Buffer.from('0b00000000000000c000000000000046', 'hex');

/** The first octets of a TNEF stream. */
const TNEF_START = Buffer.from('789f3e22', 'hex');

/** A file of a TNEF stream. */
export interface TnefAttachment {
  /** As the sender knows it; undefined when it has no name. */
  readonly name: string | undefined;
  /** Content type, if the sender's program noted one. */
  readonly type: string | undefined;
  readonly content: Content;
  /** The content is a TNEF stream: an attached message. */
  readonly isMessage: boolean;
}

export class AttachmentReader {
  readonly #codePage: CodePage;
  readonly #budget: ReadBudget;
  #title: string | undefined;
  #data: Content | undefined;
  #object: Content | undefined;
  readonly #texts = new Map<number, string>();
  #method = 0;

  constructor(codePage: CodePage, budget: ReadBudget) {
    this.#codePage = codePage;
    this.#budget = budget;
  }

  async take({ tag, data }: Attribute): Promise<void> {
    if (tag === ATTACH_DATA) this.#data = data;
    if (tag === ATTACH_TITLE) this.#title = await plainText(data, this.#codePage);
    if (tag !== ATTACHMENT) return;
    for await (const property of properties(new OctetReader(data, this.#budget))) await this.#note(property);
  }

  /** Refuses what is not there or cannot be a file: to leave it out would be to lose it. */
  async finish(): Promise<TnefAttachment> {
    const names = [
      this.#texts.get(Id.longName),
      this.#title,
      this.#texts.get(Id.name),
      this.#texts.get(Id.displayName),
    ];
    const named = { name: names.find((name) => name !== undefined && name !== ''), type: this.#texts.get(Id.type) };
    if (LINKS.has(this.#method)) throw unreadable(problems.linkOnly);
    const message = await this.#message();
    if (message !== undefined) return { ...named, content: message, isMessage: true };
    const content = this.#data ?? this.#object;
    if (content === undefined) throw unreadable(problems.truncated);
    return { ...named, content, isMessage: false };
  }

  async #note(property: Property): Promise<void> {
    const { id, type, value } = property;
    if (id === Id.method) this.#method = await propertyNumber(property);
    else if (id === Id.data) await this.#noteData(type, value);
    else if (type === PropertyType.unicode || type === PropertyType.string8) {
      if (Object.values<number>(Id).includes(id)) this.#texts.set(id, await propertyText(property, this.#codePage));
    }
  }

  /** An object begins with the identifier of its interface (MS-OXTNEF §2.1.3.4). */
  async #noteData(type: number, value: Content): Promise<void> {
    if (type !== PropertyType.object) {
      this.#object = value;
      return;
    }
    const iid = await value.read(0, IID_LENGTH);
    if (iid.length < IID_LENGTH) throw unreadable(problems.damaged);
    this.#object = slice(value, IID_LENGTH, value.size - IID_LENGTH);
    if (iid.equals(IID_MESSAGE)) this.#method = Method.message;
    if (iid.equals(IID_STORAGE)) this.#method = Method.ole;
  }

  async #message(): Promise<Content | undefined> {
    if (this.#method === Method.ole) throw unreadable(problems.oleObject);
    if (this.#method !== Method.message) return undefined;
    for (const content of [this.#object, this.#data]) {
      if (content !== undefined && (await content.read(0, TNEF_START.length)).equals(TNEF_START)) return content;
    }
    throw unreadable(problems.damaged);
  }
}
