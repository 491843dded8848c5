/** A mail taken apart while it arrives: what it is, its headers, text, pictures and files, and what it encloses. */
export { createHtmlThreads } from './text/html-thread.ts';
export { type DraftMail, readMail } from './read-mail.ts';
export { isDecoration, isLogo } from './sort-files.ts';
export type { Draft, DraftFile, DraftPicture, MailField } from './types.ts';
