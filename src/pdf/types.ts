/** What a PDF is made of. */

export interface PictureSource {
  readonly size: number;
  /** The octets from a position on, fewer than `length` only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
}

export interface DocumentPicture extends PictureSource {
  /** Width at which its author showed it, in CSS pixels; its own width if undefined. */
  readonly shownWidth: number | undefined;
}

export interface TextDocument {
  /** Plain text with \n line ends; PICTURE_PLACE stands where a picture is shown. */
  readonly text: string;
  /** For each PICTURE_PLACE of the text, in their order, a showable picture. */
  readonly pictures: readonly DocumentPicture[];
  /** When it was written; the file says that it was created then, so that the same document gives the same octets. */
  readonly written: Date;
}
