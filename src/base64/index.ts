/** Streaming base64: strict towards ISDS, lenient towards mails, and in the lines of a mail (RFC 4648 §4, RFC 2045 §6.8). */
export { NotBase64 } from './alphabet.ts';
export { EncodedLines } from './encoded-lines.ts';
export { LenientDecoder } from './lenient-decoder.ts';
export { RewrappedLines } from './rewrapped-lines.ts';
export { base64Length, encodeSized } from './sized-encoder.ts';
export { StrictDecoder } from './strict-decoder.ts';
