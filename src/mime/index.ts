/** TODO */
export type * from './types.ts';
export { Base64Lines, NotBase64 } from './base64-lines.ts';
export { fictionDay, isOver, mannerOfDelivery } from './delivery.ts';
export { EncodedLines } from './encoded-lines.ts';
export { cleanFileName } from './file-name.ts';
export { dmIDOf, messageId } from './mail-head.ts';
export { boxStateText, envelopeOnlyNotice, unobtainableNotice, withheldNotice } from './notices.ts';
export { givenUpOriginalText, lateOriginalText, type MissingOriginal, missingOriginalText } from './original-texts.ts';
export { fileHeadBound } from './part-head.ts';
export { PICTURE_PLACE } from './picture-places.ts';
export { type DraftMail, readMail } from './read-mail.ts';
export {
  composeReceivedMail,
  type ComposingContext,
  filling,
  type ReceivedMail,
  SHORTEST_FILL,
} from './received-mail.ts';
export { composeReport } from './report-mail.ts';
export { isDecoration } from './sort-files.ts';
export { clearSpoolLeftovers } from './spool-leftovers.ts';
export { Spool, type SpoolWriting, type StoredFile } from './spool.ts';
export { isSystemMessage } from './system-message.ts';
