/** Box IDs as the sandbox reads them (isds §8.6); written apart from the gateway's own reading, so that a shared mistake cannot hide. */

const DIGITS = 'abcdefghijkmnpqrstuvwxyz23456789';
const BASE = DIGITS.length;

/** Whether the last letter is the checksum of the first six (isds §8.6). */
export function isBoxId(text: string): boolean {
  return text.length === 7 && text === completeBoxId(text.slice(0, 6));
}

/** Appends the check character to the first six; undefined when one of them is no digit of box IDs. */
export function completeBoxId(six: string): string | undefined {
  const digits = Array.from(six, (character) => DIGITS.indexOf(character));
  if (digits.length !== 6 || digits.includes(-1)) return undefined;
  // A digit at an odd place counts twice; a product of two digits counts as their sum.
  const weights = digits.map((digit, place) => digit * (1 + (place % 2)));
  const sum = weights.reduce((total, weight) => total + (weight % BASE) + (weight >= BASE ? 1 : 0), 0);
  return six + DIGITS.charAt((BASE - (sum % BASE)) % BASE);
}
