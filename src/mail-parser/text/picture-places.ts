/** Which pictures of a mail its text shows, and where. */
import { PICTURE_PLACE } from '../../core/index.ts';

/** A picture in the order of the text. */
export interface PlacedPicture {
  readonly contentId: string;
  /** Width at which the HTML shows it, in CSS pixels. */
  readonly shownWidth: number | undefined;
}

/** A mark tells which picture it stands for: texts are chosen and joined before it is known which ones remain. */
const MARKS = new RegExp(`${PICTURE_PLACE}(\\d+)${PICTURE_PLACE}`, 'g');
const PLACES = new RegExp(PICTURE_PLACE, 'g');

/** Marks where pictures stand while the markup becomes text, and finds the marks again. */
export class PicturePlaces {
  readonly contentIds: readonly string[];
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #shownWidths = new Map<string, number>();

  /** Content-IDs of the pictures that the HTML of the mail refers to. */
  constructor(contentIds: Iterable<string>) {
    this.contentIds = [...contentIds];
    this.#indexes = new Map(this.contentIds.map((contentId, index) => [contentId, index]));
  }

  get size(): number {
    return this.contentIds.length;
  }

  get shownWidths(): ReadonlyMap<string, number> {
    return this.#shownWidths;
  }

  /** Notes at which width, in CSS pixels, a picture is shown. */
  show(contentId: string, width: number): void {
    this.#shownWidths.set(contentId, width);
  }

  /** The mark to be put into a text; nothing for a picture that the mail does not have. */
  mark(contentId: string, shownWidth?: number): string {
    const index = this.#indexes.get(contentId);
    if (index === undefined) return '';
    if (shownWidth !== undefined && shownWidth > 0) this.show(contentId, shownWidth);
    return `${PICTURE_PLACE}${index}${PICTURE_PLACE}`;
  }

  /**
   * The text with a PICTURE_PLACE where each picture is shown for the first time, and the pictures in that order. Those that
   * the text does not show, for its plain form does not tell where, follow at its end.
   */
  settle(text: string): { readonly text: string; readonly pictures: readonly PlacedPicture[] } {
    const placed = new Set<string>();
    const withPlaces = text.replace(MARKS, (_, index: string) => {
      const contentId = this.contentIds[Number(index)];
      if (contentId === undefined || placed.has(contentId)) return '';
      placed.add(contentId);
      return PICTURE_PLACE;
    });
    const others = this.contentIds.filter((contentId) => !placed.has(contentId));
    return {
      text: [withPlaces, ...others.map(() => PICTURE_PLACE)].join(others.length > 0 ? '\n\n' : ''),
      pictures: [...placed, ...others].map((contentId) => ({
        contentId,
        shownWidth: this.#shownWidths.get(contentId),
      })),
    };
  }
}

/** A foreign text without signs that look like marks; Apple Mail leaves some where files were. */
export function withoutPlaces(text: string): string {
  return text.replace(PLACES, '');
}

/** The text without any mark, also those that its sender wrote. */
export function withoutMarks(text: string): string {
  return text.replace(MARKS, '');
}

/** How many marks stand in the text. */
export function countMarks(text: string): number {
  return text.match(MARKS)?.length ?? 0;
}

/** The Content-ID of a cid: address without its scheme; percent-encoded by the standard, though hardly any program does it. */
export function contentIdOf(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
