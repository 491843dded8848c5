/** Every no that a user hears: one closed union of reasons, and one catalogue with their words, and their codes in each protocol. */
export type { RefusalClass, Words } from './catalogue-entry.ts';
export { catalogue, isPermanent } from './catalogue.ts';
export { type Phrase, phrases } from './phrases.ts';
export { type Refusal, type RefusalFacts, type RefusalReason, Refused } from './refusal.ts';
export { pop3ResponseCode } from './pop3-codes.ts';
export { smtpReply } from './smtp-codes.ts';
export { canBeWorded, type Language, toAscii, Wording } from './wording.ts';
