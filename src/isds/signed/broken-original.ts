/** A signed original that is not what was sealed: not base64, not CMS, cut off, or its content differs from its digest. */
export class BrokenOriginal extends Error {
  override readonly name = 'BrokenOriginal';
}
