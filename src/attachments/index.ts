/** May this file travel by data box: formats and the judgement of files. */
export type * from './types.ts';
export { extensionFor, extensionOf, type Format, formatOf, formats, mimeTypeFor } from './formats.ts';
export { inMegabytes, judgeFiles } from './judge.ts';
export { LONGEST_FILE_NAME } from './judge-name.ts';
