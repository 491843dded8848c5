/** What a PDF is made of. */

/** The file of a picture. */
export interface PictureSource {
  readonly size: number;
  /** The octets from a position on, fewer than `length` only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A picture as the text shows it. */
export interface DocumentPicture extends PictureSource {
  /** Width at which its author showed it, in CSS pixels; its own width if undefined. */
  readonly shownWidth: number | undefined;
}

/** What is to be written. */
export interface TextDocument {
  /** Plain text with \n line ends; PICTURE_PLACE stands where a picture is shown. */
  readonly text: string;
  /** For each PICTURE_PLACE of the text, in their order, a showable picture. */
  readonly pictures: readonly DocumentPicture[];
  /** When it was written; the file says that it was created then, so that the same document gives the same octets. */
  readonly written: Date;
}

/** The same for the thread that draws it, which has no access to the files. */
export interface Drawing {
  /** Letters in their composed form. */
  readonly text: string;
  /** Widths at which the pictures of the text are wanted, in CSS pixels. */
  readonly shownWidths: readonly (number | undefined)[];
  readonly written: Date;
  /** The octets of a picture; asked for one at a time, twice each. */
  picture(index: number): Promise<Buffer>;
}
