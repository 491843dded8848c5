export type * from './types.ts';
export { cleanFileName } from './file-name.ts';
export type { MailNature } from './mail-nature.ts';
export { type DraftMail, readMail, type ReadMailOptions } from './read-mail.ts';
export { Base64Lines, NotBase64 } from './base64-lines.ts';
export { momentText } from './czech-moment.ts';
export { EncodedLines } from './encoded-lines.ts';
export { fictionDay, isOver, mannerOfDelivery } from './delivery.ts';
export { boxStateText, envelopeOnlyNotice, unobtainableNotice, withheldNotice } from './notices.ts';
export { givenUpOriginalText, lateOriginalText, type MissingOriginal, missingOriginalText } from './original-texts.ts';
export { fileHeadBound } from './part-head.ts';
export { PICTURE_PLACE } from './picture-places.ts';
export { plainLine } from './plain-line.ts';
export { dmIDOf, messageId } from './mail-head.ts';
export {
  type ComposingContext,
  composeReceivedMail,
  filling,
  type ReceivedMail,
  SHORTEST_FILL,
} from './received-mail.ts';
export { composeReport, type Report, type ReportReader } from './report-mail.ts';
export { isDecoration } from './sort-files.ts';
export { Spool, type SpooledFile, type SpoolWriting, type StoredFile } from './spool.ts';
export { clearSpoolLeftovers } from './spool-leftovers.ts';
export { isSystemMessage } from './system-message.ts';
