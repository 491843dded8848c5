/** What of a text the font can show; the rest leaves a visible trace. */
import { PICTURE_PLACE } from '../core/index.ts';

/** Joiners, variation selectors, marks of direction: without a shape of their own, and spoofs live on them (Unicode DerivedCoreProperties). */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;

/**
 * A character without a glyph becomes its number, as in `[U+1F9FE]`, for a reader can look it
 * up, and .notdef is forbidden (ISO 19005-2 §6.2.11.8). Tabs, line ends and PICTURE_PLACE stay.
 */
export function visibleText(text: string, hasGlyph: (character: string) => boolean): string {
  let visible = '';
  let copied = 0;
  const clean = text.replace(INVISIBLE, '');
  for (let index = 0; index < clean.length;) {
    const character = String.fromCodePoint(clean.codePointAt(index) ?? 0);
    const next = index + character.length;
    if (!KEPT.has(character) && !hasGlyph(character)) {
      visible += `${clean.slice(copied, index)}[U+${hexadecimal(character)}]`;
      copied = next;
    }
    index = next;
  }
  return visible + clean.slice(copied);
}

const KEPT = new Set(['\t', '\n', PICTURE_PLACE]);

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
