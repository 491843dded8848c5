/** How large the pictures of a document are on its pages, as pdfkit reads them. */
import type { Drawing } from './types.ts';
import type { Size } from './lines.ts';

declare global {
  namespace PDFKit {
    /** Not in the published types. */
    interface PDFDocument {
      /** Throws for what pdfkit cannot read. */
      openImage(octets: Buffer): {
        readonly width: number;
        readonly height: number;
        /** Of the Exif data of a JPEG: above 4, width and height change places. */
        readonly orientation?: number;
      };
    }
  }
}

/** CSS pixels are 1/96 inch, points 1/72. */
const POINTS_PER_PIXEL = 0.75;

/** pdfkit cannot use this picture. */
export class BadPicture extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super('bad picture', { cause });
    this.index = index;
  }
}

/** Throws BadPicture. */
export async function pictureSizes(
  document: PDFKit.PDFDocument,
  drawing: Drawing,
  room: Size,
): Promise<readonly Size[]> {
  const sizes: Size[] = [];
  for (const [index, shownWidth] of drawing.shownWidths.entries()) {
    try {
      const { width, height, orientation = 1 } = document.openImage(await drawing.picture(index));
      sizes.push(sizeOnPage(orientation > 4 ? { width: height, height: width } : { width, height }, shownWidth, room));
    } catch (cause) {
      throw new BadPicture(index, cause);
    }
  }
  return sizes;
}

/** As large as its author showed it, but never beyond the page. */
function sizeOnPage(pixels: Size, shownWidth: number | undefined, room: Size): Size {
  const wanted = (shownWidth ?? pixels.width) * POINTS_PER_PIXEL;
  const perPixel = Math.min(wanted / pixels.width, room.width / pixels.width, room.height / pixels.height);
  return { width: pixels.width * perPixel, height: pixels.height * perPixel };
}
