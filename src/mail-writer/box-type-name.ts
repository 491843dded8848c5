/** Types of boxes in words (isds §8.5): the coarse ones of older messages and the fine ones since June 2026. */

const names: Readonly<Record<number, string>> = {
  0: 'systém ISDS',
  10: 'orgán veřejné moci',
  11: 'notář',
  12: 'soudní exekutor',
  13: 'orgán veřejné moci, schránka na žádost',
  14: 'orgán veřejné moci, fyzická osoba',
  15: 'orgán veřejné moci, podnikající fyzická osoba',
  16: 'orgán veřejné moci, právnická osoba',
  20: 'právnická osoba',
  21: 'právnická osoba',
  22: 'právnická osoba, schránka na žádost',
  30: 'podnikající fyzická osoba',
  31: 'advokát',
  32: 'daňový poradce',
  33: 'insolvenční správce',
  34: 'auditor',
  35: 'znalec',
  36: 'tlumočník',
  37: 'architekt',
  38: 'autorizovaný inženýr nebo technik',
  39: 'autorizovaný zeměměřický inženýr',
  40: 'fyzická osoba',
  50: 'podnikající fyzická osoba, schránka na žádost',
};

/** Undefined for a number that is not known. */
export function boxTypeName(type: number): string | undefined {
  return names[type];
}
