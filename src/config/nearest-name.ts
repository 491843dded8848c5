/** The name that somebody most probably meant. */

/** More letters than that apart, two names are not taken for one another. */
const MAX_DISTANCE = 4;

/** Undefined when none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, distance: distanceBetween(given, name) }))
    .toSorted((one, other) => one.distance - other.distance)[0];
  return near === undefined || near.distance > Math.min(MAX_DISTANCE, given.length / 2) ? undefined : near.name;
}

/** Letters to be put in, left out or changed to make one of the other (Levenshtein). */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    let before = index + 1;
    const next = [before];
    for (let at = 0; at < other.length; at++) {
      before = Math.min(before + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (other[at] === letter ? 0 : 1));
      next.push(before);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
