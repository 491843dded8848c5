/** What becomes of the text of a mail: a PDF with its pictures, a plain text file, or nothing. */
import { PICTURE_PLACE, type ThreadPool } from '../core/index.ts';
import { createHash } from 'node:crypto';
import { Refused } from '../refusals/index.ts';
import { type Draft, type DraftFile, type DraftPicture, isLogo } from '../mail-parser/index.ts';
import { type Spool } from '../spool/index.ts';
import { DocumentTooLong, isShowable, UnusablePicture, writePdf } from '../pdf/index.ts';
import type { TextPart, Unsent } from './types.ts';
import { writtenText, type WrittenTextSettings } from './written-text.ts';

/** What becomes of the text of a mail. */
export interface TextSettings extends WrittenTextSettings {
  readonly body: 'pdf' | 'txt' | 'omit';
}

export type Content = Pick<DraftFile, 'name' | 'size' | 'sha256' | 'open' | 'read'>;

/** The text as files. */
export interface TextFile {
  /** Pictures that travel as files, and the text, last. */
  readonly files: readonly Content[];
  readonly unsent: Unsent;
}

/** Where a document is drawn and kept, and whose turn it takes. */
interface DrawingPlace {
  readonly spool: Spool;
  readonly account: string;
  readonly pdfThreads: ThreadPool;
}

/** Named as the official portal names it. */
const NAME = 'textová zpráva';

/** The same mail may give other octets the next time, such as of another date: what was sent is known by its mark, made before. */
export async function textFile(draft: Draft, settings: TextSettings, place: DrawingPlace): Promise<TextFile> {
  if (draft.text === undefined) return { files: [], unsent: { files: [], parts: [] } };
  const { text, pictures, unsent } = writtenText(draft, settings);
  if (settings.body === 'pdf') {
    const { file, hidden } = await pdfFile(text, pictures, draft.date, place);
    return filesOf(file, hidden, unsent);
  }
  const bare = withoutPictures(text, () => false);
  if (settings.body === 'omit') return filesOf(undefined, pictures, bare === '' ? [] : ['text']);
  return filesOf(bare === '' ? undefined : plainFile(bare), pictures, unsent);
}

/** `pictures` are those that the text is sent without. */
async function filesOf(
  text: Content | undefined,
  pictures: readonly DraftPicture[],
  parts: readonly TextPart[],
): Promise<TextFile> {
  const logos = new Set<DraftPicture>();
  for (const picture of pictures) if (await isLogo(picture)) logos.add(picture);
  return {
    files: [...pictures.filter((picture) => !logos.has(picture)), ...(text === undefined ? [] : [text])],
    unsent: { files: pictures.filter((picture) => logos.has(picture)).map(({ name }) => name), parts },
  };
}

function plainFile(text: string): Content {
  const octets = Buffer.from(text.replaceAll('\n', '\r\n'), 'utf8');
  return {
    name: `${NAME}.txt`,
    size: octets.length,
    sha256: createHash('sha256').update(octets).digest('hex'),
    async *open() {
      yield octets;
    },
    read: async (position, length) => octets.subarray(position, position + length),
  };
}

interface PdfFile {
  /** Undefined when nothing is left to be shown. */
  readonly file: Content | undefined;
  /** Pictures that it does not show. */
  readonly hidden: readonly DraftPicture[];
}

/** A text that makes no document is not sent in another form instead: the sender is told. */
async function pdfFile(
  text: string,
  pictures: readonly DraftPicture[],
  date: Date | undefined,
  { spool, account, pdfThreads }: DrawingPlace,
): Promise<PdfFile> {
  const shown = new Set<DraftPicture>();
  for (const picture of pictures) if (await isShowable(picture)) shown.add(picture);
  for (;;) {
    const document = {
      text: withoutPictures(text, (place) => isIn(shown, pictures[place])),
      pictures: pictures.filter((picture) => shown.has(picture)),
      written: date ?? UNDATED,
    };
    const hidden = pictures.filter((picture) => !shown.has(picture));
    if (document.text === '') return { file: undefined, hidden };
    try {
      return { file: { name: `${NAME}.pdf`, ...(await spool.add(writePdf(document, account, pdfThreads))) }, hidden };
    } catch (error) {
      if (error instanceof DocumentTooLong) throw new Refused('text-too-long', {}, { cause: error });
      if (!(error instanceof UnusablePicture)) throw error;
      const unusable = document.pictures[error.index];
      if (unusable === undefined) throw error;
      shown.delete(unusable);
    }
  }
}

/** A PDF has to say when it was made; a mail without a date is rare. */
const UNDATED = new Date(0);

/** The text with only those places that stay; empty when it says and shows nothing. */
function withoutPictures(text: string, stays: (place: number) => boolean): string {
  let place = 0;
  const left = text.replaceAll(PICTURE_PLACE, () => (stays(place++) ? PICTURE_PLACE : ''));
  return left.trim() === '' ? '' : left;
}

function isIn(set: ReadonlySet<DraftPicture>, picture: DraftPicture | undefined): boolean {
  return picture !== undefined && set.has(picture);
}
