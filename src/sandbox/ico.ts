/** Identification numbers of organisations: eight digits, the last one checks the others. */

export function isIco(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum = digits.slice(0, 7).reduce((total, digit, place) => total + digit * (8 - place), 0);
  return digits[7] === (11 - (sum % 11)) % 10;
}
