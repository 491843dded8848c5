/** What a message is known by among those that a box has sent: who it goes to, its envelope and its files, all by digests. */
import { createHash } from 'node:crypto';
import { type Envelope, type OutgoingMessage, rewritten, type SentFile } from '../isds/index.ts';
import type { FileMark, MessageMark } from '../store/index.ts';

/** Texts that the sender chooses: with and without one of them a mail is two messages. */
const TEXTS = [
  'annotation',
  'toHands',
  'senderRefNumber',
  'senderIdent',
  'recipientRefNumber',
  'recipientIdent',
] as const;

type Described = Pick<OutgoingMessage, 'personalDelivery'> & {
  readonly [Text in (typeof TEXTS)[number]]?: string | undefined;
};

/** Of a message about to be sent; never reckoned again, since the same mail may be made into other files the next time. */
export function markOf(message: OutgoingMessage): MessageMark {
  return { recipient: message.recipientBox, texts: textMarks(message), files: fileMarks(message.files) };
}

/** What files are known by, in their order. */
export function fileMarks(files: readonly SentFile[]): readonly FileMark[] {
  return files.map(({ name, size, sha256 }) => ({ name: digest(rewritten(name)), octets: size, sha256 }));
}

/** Whether the record of a sent message may be the marked one; a text that one of the two does not know tells nothing. */
export function mayBe({ recipient, texts }: MessageMark, record: Envelope): boolean {
  const listed = textMarks(record);
  const differs = Object.entries(texts).some(([field, text]) => (listed[field] ?? text) !== text);
  return record.recipientBox === recipient && !differs;
}

/** The same files under the same names, in the same order. */
export function isSameContent(one: readonly FileMark[], other: readonly FileMark[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, octets, sha256 }, index) => {
      const file = other[index];
      return file?.name === name && file.octets === octets && file.sha256 === sha256;
    })
  );
}

function textMarks(described: Described): Readonly<Record<string, string>> {
  const texts = TEXTS.map((field) => [field, rewritten(described[field] ?? '')] as const);
  const known = texts.filter(([, text]) => text !== '').map(([field, text]) => [field, digest(text)]);
  return { ...Object.fromEntries(known), personalDelivery: String(described.personalDelivery ?? false) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
