/** Can this picture be shown in a PDF, whole and without harm? Judged by its octets alone, before anything decodes it. */
import { isShowableJpeg } from './jpeg.ts';
import { isShowablePng } from './png.ts';
import type { PictureSource } from './types.ts';

/** pdfkit needs many times the octets of a PNG while it reads one; a page scanned in colour has about five million. */
const MAX_FILE_OCTETS = 10_000_000;

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG_SIGNATURE = Buffer.from('ffd8ff', 'hex');

/** JPEG and PNG, undamaged and of a bearable size; everything else is false. */
export async function isShowable(picture: PictureSource): Promise<boolean> {
  if (picture.size > MAX_FILE_OCTETS) return false;
  const beginning = await picture.read(0, PNG_SIGNATURE.length);
  if (beginning.equals(PNG_SIGNATURE)) return isShowablePng(picture);
  return beginning.subarray(0, JPEG_SIGNATURE.length).equals(JPEG_SIGNATURE) && isShowableJpeg(picture);
}
