/** Threads for what a test reads and draws; they hold no process. */
import { createHtmlThreads } from '../../src/mail-parser/index.ts';
import { createPdfThreads } from '../../src/pdf/index.ts';

export const htmlThreads = createHtmlThreads();
export const pdfThreads = createPdfThreads();
