/** The numbers of an ordered list as a browser counts them: from `start`, by `value`, in figures, letters or Roman (WHATWG HTML §4.4.5). */
import type { DomNode, FormatCallback } from 'html-to-text';

/** Formats an `ol`; other elements between the items stand without a number. */
export const orderedList: FormatCallback = (list, walk, builder, { leadingLineBreaks = 2, trailingLineBreaks = 2 }) => {
  const isNested = list.parent?.name === 'li';
  const nodes = list.children.filter(({ type, data }) => type !== 'text' || (data ?? '').trim() !== '');
  if (nodes.length === 0) return;
  const prefixes = numbersOf(list, nodes).map((number) => (isNested ? number.trimStart() : number));
  const maxPrefixLength = prefixes.reduce((longest, { length }) => Math.max(longest, length), 0);
  builder.openList({
    interRowLineBreaks: 1,
    leadingLineBreaks: isNested ? 1 : leadingLineBreaks,
    maxPrefixLength,
    prefixAlign: 'left',
  });
  for (const [index, node] of nodes.entries()) {
    builder.openListItem({ prefix: prefixes[index] ?? '' });
    walk([node], builder);
    builder.closeListItem();
  }
  builder.closeList({ trailingLineBreaks: isNested ? 1 : trailingLineBreaks });
};

function numbersOf(list: DomNode, nodes: readonly DomNode[]): string[] {
  const { start, reversed, type = '1' } = list.attribs ?? {};
  const items = nodes.filter(({ name }) => name === 'li');
  const step = reversed === undefined ? 1 : -1;
  let number = integer(start) ?? (step === 1 ? 1 : items.length);
  return nodes.map((node) => {
    if (node.name !== 'li') return '';
    number = integer(node.attribs?.['value']) ?? number;
    const prefix = ` ${inLetters(number, type)}. `;
    number += step;
    return prefix;
  });
}

function integer(text: string | undefined): number | undefined {
  return /^\s*-?\d{1,9}/.test(text ?? '') ? Number.parseInt(text ?? '', 10) : undefined;
}

function inLetters(number: number, type: string): string {
  if (number < 1) return String(number);
  switch (type) {
    case 'a':
      return letters(number);
    case 'A':
      return letters(number).toUpperCase();
    case 'i':
      return roman(number).toLowerCase();
    case 'I':
      return roman(number);
    default:
      return String(number);
  }
}

const ALPHABET = 26;

function letters(number: number): string {
  const last = (number - 1) % ALPHABET;
  const before = Math.floor((number - 1) / ALPHABET);
  return `${before === 0 ? '' : letters(before)}${String.fromCharCode(0x61 + last)}`;
}

const ROMAN = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const;

/** Romans counted to 3999. */
const MAX_ROMAN = 3_999;

function roman(number: number): string {
  if (number > MAX_ROMAN) return String(number);
  let rest = number;
  let written = '';
  for (const [value, sign] of ROMAN) {
    written += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return written;
}
