/** IČO, the number of an organisation in the register: eight digits, the last of which is a checksum. */

const PATTERN = /^[0-9]{8}$/;
const FIRST_WEIGHT = 8;
const CHECKED_DIGITS = 7;

/** Weights 8 to 2, modulo 11; the two remainders that leave no digit have 1 and 0 by definition. */
export function isIco(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  let sum = 0;
  for (let index = 0; index < CHECKED_DIGITS; index++) sum += Number(text[index]) * (FIRST_WEIGHT - index);
  return Number(text[CHECKED_DIGITS]) === (11 - (sum % 11)) % 10;
}
