/** A data message as the sandbox keeps it: envelope, files, states and what happened to it. */

import type { Content } from './content.ts';

/** Message states (isds §3.4). */
export const State = {
  submitted: 1,
  stamped: 2,
  infected: 3,
  arrived: 4,
  deliveredByFiction: 5,
  deliveredByLogin: 6,
  read: 7,
  undeliverable: 8,
  erased: 9,
  inVault: 10,
} as const;

/** A file of a message. */
export interface MessageFile {
  readonly name: string;
  readonly mimeType: string;
  readonly metaType: 'main' | 'enclosure' | 'signature' | 'meta';
  readonly content: Content;
  /** `xml` files travel inside dmXMLContent as they are (isds §5.2). */
  readonly form?: 'base64' | 'xml';
}

/** What the sender may say about a message beside its files (isds §6.1). */
export interface Annotations {
  readonly annotation?: string | undefined;
  readonly toHands?: string | undefined;
  readonly senderRefNumber?: string | undefined;
  readonly recipientRefNumber?: string | undefined;
  readonly senderIdent?: string | undefined;
  readonly recipientIdent?: string | undefined;
  readonly legalTitle?: LegalTitle | undefined;
  readonly personalDelivery?: boolean | undefined;
  readonly allowSubstDelivery?: boolean | undefined;
  /** IdLevel: what the recipient may learn of the sending person; undefined is nothing but the role. */
  readonly publishedId?: number | undefined;
}

/** On what law the message rests (isds §4.1). */
export interface LegalTitle {
  readonly law?: number | undefined;
  readonly year?: number | undefined;
  readonly section?: string | undefined;
  readonly paragraph?: string | undefined;
  readonly point?: string | undefined;
}

/** Somebody as an envelope names them: a copy, it does not change with the box. */
export interface Party {
  readonly boxId: string;
  readonly name: string;
  readonly address: string;
  /** Number of the box type; 0 is the system (isds §8.5). */
  readonly type: number;
}

/** Something that happened to a message (isds §5.4). */
export interface MessageEvent {
  readonly at: number;
  readonly description: string;
}

/** Who sent a message for the box. */
export interface Author {
  readonly userType: string;
  readonly givenNames: string;
  readonly lastName: string;
}

/** A data message with all that ISDS knows of it. */
export interface Message extends Annotations {
  readonly dmID: string;
  /** dmType; undefined is a public message (isds §4.2). An initiatory one changes when it is answered. */
  type: string | undefined;
  /** A large one, which ordinary downloads refuse with 1281 (isds §5.1). */
  readonly vodz: boolean;
  /** Výhradně do vlastních rukou: for the holder alone, as are credentials that ISDS sends (isds §3.2). */
  readonly vvr: boolean;
  suspicious: boolean;
  /** Undefined for a message that was put into its box. */
  readonly author?: Author | undefined;
  readonly sender: Party;
  readonly recipient: Party;
  readonly files: readonly MessageFile[];
  /** Base64 of the files with line breaks, as some senders write it (isds §5.2). */
  readonly lineBreaks: boolean;
  /** dmAttachmentSize (isds §4.1). */
  readonly attachmentSize: number;
  readonly submittedAt: number;
  state: number;
  arrivedAt: number | undefined;
  deliveredAt: number | undefined;
  /** Changes that GetMessageStateChanges reports (isds §7.2). */
  readonly changes: { readonly at: number; readonly state: number }[];
  /** What GetDeliveryInfo tells (isds §7.3). */
  readonly events: MessageEvent[];
}

/** The state that a download tells: in the vault it is the one before, with 7 as 6 (isds §3.4). */
export function downloadedState({ state }: Message): number {
  return state === State.inVault ? State.deliveredByLogin : state;
}

/** Whether the recipient has read it is not the sender's business (isds §3.4). */
export function asSenderSees(message: Message): Message {
  return message.state === State.read ? { ...message, state: State.deliveredByLogin } : message;
}

/** dodaná or doručená fikcí: not yet to be downloaded (isds §3.2). */
export function isWaiting(message: Message): boolean {
  return message.state === State.arrived || message.state === State.deliveredByFiction;
}
