/** A text with pictures as a PDF that lasts (PDF/A-2b); knows nothing of mail. */
export { isShowable } from './showable.ts';
export type * from './types.ts';
export { DocumentTooLong, UnusablePicture, createPdfThreads, writePdf } from './write-pdf.ts';
