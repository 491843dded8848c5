/** Draws the document with pdfkit; blocks its thread, so that it belongs into one of its own. */
import Pdf from 'pdfkit';
import { FONT_FILE, Letters } from './font.ts';
import { layOut, type Measures, type PicturePiece, type TextPiece } from './lines.ts';
import { type Page, paginate } from './pages.ts';
import { pictureSizes } from './picture-sizes.ts';
import type { Drawing } from './types.ts';
import { visibleText } from './visible-text.ts';

/** A4 in points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = { side: 62, top: 62, bottom: 72 };
const TEXT_SIZE = 10.5;
const LINE_HEIGHT = 15;
const TEXT_WIDTH = PAGE.width - 2 * MARGIN.side;
const TEXT_HEIGHT = PAGE.height - MARGIN.top - MARGIN.bottom;
const TAB = 54;
const PICTURE_GAP = 4;
const ROOM = { width: TEXT_WIDTH, height: TEXT_HEIGHT - PICTURE_GAP };

const NUMBER_SIZE = 8;
const NUMBER_FROM_BOTTOM = 44;
const NUMBER_COLOUR = '#555555';

/** Eight megabytes of prose have about 2,500; only empty lines by the hundred thousand make more. */
const MAX_PAGES = 5_000;

/** Letters of Hebrew, Arabic and their neighbours run from right to left. */
const RIGHT_TO_LEFT = /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)/;

/** The document would be longer than a message may be. */
export class TooManyPages extends Error {}

/** The octets of the PDF, page by page. Throws BadPicture and TooManyPages before the first of them. */
export async function* draw(drawing: Drawing): AsyncGenerator<Buffer> {
  const document = new Pdf({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    font: FONT_FILE,
    // Words of a long text would fill the memory.
    fontLayoutCache: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'cs',
    info: { Title: 'Textová zpráva', Producer: 'Poštolka', Creator: 'Poštolka', CreationDate: drawing.written },
  });
  const letters = new Letters(TEXT_SIZE);
  const measures: Measures = {
    width: TEXT_WIDTH,
    lineHeight: LINE_HEIGHT,
    tab: TAB,
    pictureGap: PICTURE_GAP,
    widthOf: (text) => letters.widthOf(text),
    pictures: await pictureSizes(document, drawing, ROOM),
  };
  const text = visibleText(drawing.text, (character) => letters.has(character));
  const pages = (): Iterable<Page> => paginate(layOut(text, measures), TEXT_HEIGHT);
  const total = countPages(pages());
  let number = 0;
  for (const page of pages()) {
    document.addPage();
    for (const { y, height, pieces } of page) {
      for (const piece of pieces) await drawPiece(document, piece, MARGIN.top + y + height, drawing);
    }
    drawNumber(document, `${++number} / ${total}`, letters);
    const octets: unknown = document.read();
    if (Buffer.isBuffer(octets)) yield octets;
  }
  document.end();
  for await (const octets of document) yield octets;
}

function countPages(pages: Iterable<Page>): number {
  let count = 0;
  for (const _ of pages) if (++count > MAX_PAGES) throw new TooManyPages();
  return count;
}

/** Texts and pictures of a line stand on the same ground. */
async function drawPiece(
  document: PDFKit.PDFDocument,
  piece: TextPiece | PicturePiece,
  bottom: number,
  drawing: Drawing,
): Promise<void> {
  const x = MARGIN.side + piece.x;
  if ('picture' in piece) {
    const { width, height } = piece;
    document.image(await drawing.picture(piece.picture), x, bottom - height, { width, height });
  } else drawText(document, piece.text, x, bottom - LINE_HEIGHT);
}

/** Letters that run from right to left are turned around by themselves: within one text, all of it would be turned. */
function drawText(document: PDFKit.PDFDocument, text: string, x: number, y: number): void {
  document.fontSize(TEXT_SIZE).fillColor('black');
  for (const part of text.split(RIGHT_TO_LEFT)) {
    // An empty list of features keeps pdfkit from its cache, which would hold every word.
    document.text(part, x, y, { lineBreak: false, features: [] });
    x = document.x;
  }
}

function drawNumber(document: PDFKit.PDFDocument, text: string, letters: Letters): void {
  const width = (letters.widthOf(text) * NUMBER_SIZE) / TEXT_SIZE;
  document.fontSize(NUMBER_SIZE).fillColor(NUMBER_COLOUR);
  document.text(text, (PAGE.width - width) / 2, PAGE.height - NUMBER_FROM_BOTTOM, { lineBreak: false, features: [] });
}
