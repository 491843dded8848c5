export type * from './types.ts';
export { cleanFileName } from './file-name.ts';
export type { MailNature } from './mail-nature.ts';
export { type DraftMail, readMail, type ReadMailOptions } from './read-mail.ts';
export { Base64Encoder, Base64Lines, NotBase64 } from './base64-lines.ts';
export { dmIDOf, messageId } from './mail-head.ts';
export { composeReceivedMail, type ReceivedMail, SHORTEST_FILL } from './received-mail.ts';
