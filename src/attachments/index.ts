/** May this file travel by data box: formats and the judgement of files. */
export { extensionFor, extensionOf, type Format, formatOf, formats, mimeTypeFor } from './formats.ts';
export { type FileLimits, inMegabytes, type JudgedFile, judgeFiles, LONGEST_FILE_NAME } from './judge.ts';
