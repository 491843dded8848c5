/** Line ends of a text as \n, in slices, because a text of line ends alone takes half a second. */
import type { Slices } from '../../core/index.ts';

/** Characters looked through for line ends in one go, some milliseconds. */
const CHARACTERS_AT_ONCE = 256 * 1024;

/** The text with \n for every CR LF and every CR. */
export async function withLineFeeds(text: string, slices: Slices): Promise<string> {
  const pieces: string[] = [];
  for (let begin = 0; begin < text.length;) {
    const middle = begin + CHARACTERS_AT_ONCE;
    const end = text.startsWith('\r\n', middle - 1) ? middle + 1 : middle;
    // To replace them one by one takes the garbage collector several times as long.
    pieces.push(text.slice(begin, end).split('\r\n').join('\n').split('\r').join('\n'));
    begin = end;
    await slices.next();
  }
  return pieces.join('');
}
