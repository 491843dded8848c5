/** Element sequences of the schema as data, and the check that a request keeps to one (isds §0.2, §9: 2003 to 2005). */
import { StatusRefusal } from './status.ts';
import type { XmlElement } from './xml-reader.ts';

interface Particle {
  readonly name: string;
  readonly optional: boolean;
  readonly repeated: boolean;
  /** What stands inside; undefined is text, `unchecked` is left to the operation. */
  readonly content: Sequence | 'unchecked' | undefined;
}

export type Sequence = readonly Particle[];

/** `sequence('dbID dbApproved? dmFile*', { dmFile: … })`: names in order, `?` may be missing, `*` any number of times, `+` at least once. */
export function sequence(notation: string, contents: Readonly<Record<string, Sequence | 'unchecked'>> = {}): Sequence {
  return notation
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const name = word.replace(/[?*+]$/, '');
      return { name, optional: /[?*]$/.test(word), repeated: /[*+]$/.test(word), content: contents[name] };
    });
}

/** Refuses what does not keep to the sequence: 2003 for a missing element, 2004 for one too many, 2005 for one instead of text. */
export function checkSequence(parent: XmlElement, expected: Sequence): void {
  if (parent.text.some((text) => text.toString().trim() !== '')) throw outOfPlace('2003', expected[0]?.name, 'text');
  let next = 0;
  for (const particle of expected) {
    const first = next;
    while (fits(parent.children[next], particle, parent) && (particle.repeated || next === first)) next++;
    for (const child of parent.children.slice(first, next)) checkContent(child, particle.content);
    if (next === first && !particle.optional) throw outOfPlace('2003', particle.name, parent.children[next]?.name);
  }
  const surplus = parent.children[next];
  if (surplus !== undefined) throw outOfPlace('2004', parent.name, surplus.name);
}

function fits(child: XmlElement | undefined, particle: Particle, parent: XmlElement): boolean {
  return child?.name === particle.name && child.namespace === parent.namespace;
}

function checkContent(element: XmlElement, content: Particle['content']): void {
  if (content === 'unchecked') return;
  if (content !== undefined) checkSequence(element, content);
  else if (element.children.length > 0) throw outOfPlace('2005', element.name, element.children[0]?.name);
  // Only the elements that operations look into themselves may be that long.
  else if (element.content !== undefined) throw new StatusRefusal('2042', `Hodnota ${element.name} je příliš dlouhá.`);
}

function outOfPlace(code: string, expected: string | undefined, found: string | undefined): StatusRefusal {
  const what = { '2003': 'začátek elementu', '2004': 'konec elementu' }[code] ?? 'text v elementu';
  return new StatusRefusal(
    code,
    `Očekává se ${what} ${expected ?? ''}, nalezeno: ${found ?? 'konec nadřazeného elementu'}.`,
  );
}
