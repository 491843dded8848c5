/** May this file travel by data box: formats and the judgement of files. */
export type * from './types.ts';
export { inMegabytes, checkFiles } from './check-files.ts';
export { attachmentName, bareExtension, cleanFileName } from './file-name.ts';
export { extensionFor, extensionOf, formatOf, formats, mimeTypeFor } from './formats.ts';
