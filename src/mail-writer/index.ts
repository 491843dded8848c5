/** A data message, a report or a notice put together as a mail, octet by octet and of known size. */
export { announcedOriginal, announcedSize } from './announced-size.ts';
export { fictionDay, isOver, mannerOfDelivery } from './delivery.ts';
export { base64Body, type FileBody, octetsBody, xmlBody } from './file-body.ts';
export { dmIDOf, messageId } from './mail-head.ts';
export { boxStateText, envelopeOnlyNotice, unobtainableNotice, withheldNotice } from './notices.ts';
export { givenUpOriginalText, lateOriginalText, type MissingOriginal, missingOriginalText } from './original-texts.ts';
export { fileHeadBound } from './part-head.ts';
export {
  composeReceivedMail,
  type ComposingContext,
  filling,
  type ReceivedMail,
  MIN_FILL_OCTETS,
} from './received-mail.ts';
export { composeReport } from './report-mail.ts';
export { sealHeader, sealText } from './seal-text.ts';
export { SystemMeaning } from './system-meaning.ts';
export { isSystemMessage } from './system-message.ts';
