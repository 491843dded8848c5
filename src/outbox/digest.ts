/**
 * What makes two mails the same: what the sender wrote, not what we make of it, since that may come out differently the next
 * time. Message-ID, date and boundaries are left out: mail programs renew them when they try again (mail-clients §1.15).
 */
import { createHash } from 'node:crypto';
import type { Identity } from '../accounts/index.ts';
import { dmIDOf } from '../mail-writer/index.ts';
import { type Draft } from '../mail-parser/index.ts';
import type { Recipient } from './types.ts';
import { readEnvelopeOptions, type EnvelopeOptions } from './envelope-options.ts';

/** Of a mail, whoever it goes to. The same words in answer to another message are another answer. */
export function contentDigest({ account }: Identity, draft: Draft, domain: string): string {
  const answered = draft.answers.find((id) => dmIDOf(id, domain) !== undefined) ?? '';
  const files = draft.files.map(({ name, sha256 }) => [name, sha256]);
  const pictures = draft.pictures.map(({ name, sha256 }) => [name, sha256]);
  return digest([
    account,
    draft.subject,
    draft.text ?? '',
    pictures,
    files,
    answered,
    canonical(readEnvelopeOptions(draft.envelopeFields).options),
  ]);
}

/** Of the one data message that goes to this recipient; the box's name and price may change. */
export function messageDigest(content: string, { boxId, toHands, personalDelivery }: Recipient): string {
  return digest([content, boxId, toHands, personalDelivery]);
}

/** The options, whatever the order of their headers. */
function canonical({ legalTitle = {}, ...options }: EnvelopeOptions): unknown {
  return [options, legalTitle].map((fields) =>
    Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
