/** The conversation with a sending mail program: SMTP submission (RFC 6409) to data boxes. */
export type { SmtpOptions } from './options.ts';
export { RefusedRecipients } from './refused-recipients.ts';
export { createSmtpServer, type SmtpServer } from './server.ts';
