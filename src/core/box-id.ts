/** Box IDs of ISDS: seven characters, the last of which is a checksum (isds §8.6). */

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const PATTERN = /^[abcdefghijkmnpqrstuvwxyz2-9]{7}$/;
const CHECKED_CHARACTERS = 6;

/** The administrator's and the operator's boxes; they send system messages and take none (isds §7.4). */
const SYSTEM_BOXES = new Set(['aaaaaaa', 'zzzzzzq']);

/**
 * The box ID that a person typed, in lower case, or undefined when it cannot be one:
 * wrong length, foreign character or wrong checksum.
 */
export function parseBoxId(text: string): string | undefined {
  const id = text.toLowerCase();
  return PATTERN.test(id) && id[CHECKED_CHARACTERS] === checkCharacter(id) ? id : undefined;
}

/** Whether the box belongs to ISDS itself; nobody can write to it. */
export function isSystemBox(boxId: string): boolean {
  return SYSTEM_BOXES.has(boxId);
}

function checkCharacter(id: string): string | undefined {
  let sum = 0;
  for (let index = 0; index < CHECKED_CHARACTERS; index++) {
    const weighted = ALPHABET.indexOf(id.charAt(index)) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(weighted / 32) + (weighted % 32);
  }
  return ALPHABET[(32 - (sum % 32)) % 32];
}
