/** Lines put on pages. */
import type { Line } from './lines.ts';

/** A line with its place on the page. */
export interface PlacedLine extends Line {
  /** From the upper edge of the text. */
  readonly y: number;
}

export type Page = readonly PlacedLine[];

/** At least one page; none is fuller than `height` unless a single line is. */
export function* paginate(lines: Iterable<Line>, height: number): Generator<Page> {
  let page: PlacedLine[] = [];
  let y = 0;
  for (const line of lines) {
    if (page.length > 0 && y + line.height > height) {
      yield page;
      page = [];
      y = 0;
    }
    page.push({ ...line, y });
    y += line.height;
  }
  yield page;
}
