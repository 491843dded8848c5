/** Every no that a user hears: one closed union of reasons, and one catalogue with their words and codes. */
export type { Words } from './catalogue-entry.ts';
export { catalogue } from './catalogue.ts';
export { type Phrase, phrases } from './phrases.ts';
export { type Refusal, type RefusalFacts, type RefusalReason, Refused } from './refusal.ts';
export { canBeWorded, isPermanent, type Language, pop3ResponseCode, smtpReply, toAscii, Wording } from './wording.ts';
