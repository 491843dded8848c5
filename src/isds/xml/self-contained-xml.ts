/** Makes XML cut out of an answer a document that stands alone: prefixes declared further out are declared where they are used (Namespaces in XML 1.0 §6). */
import type { Namespaces } from './namespaces.ts';
import { MalformedXml, xml } from './xml-text.ts';

/** Elements with declarations inside one another; a sender's document has a handful. */
const MAX_DEPTH = 256;

/** One attribute after the other; sticky, so that odd tags cost no more than their length. */
const ATTRIBUTE = /\s*([^\s=/>"']+)\s*=\s*(?:"[^"]*"|'[^']*')/y;
const ELEMENT_NAME = /^<([^\s/>]+)/;

interface Declaring {
  readonly depth: number;
  readonly prefixes: ReadonlySet<string>;
}

export class SelfContainedXml {
  readonly #outside: Namespaces;
  readonly #declaring: Declaring[] = [];
  #depth = 0;

  constructor(outside: Namespaces) {
    this.#outside = outside;
  }

  /** Elements that are open. */
  get depth(): number {
    return this.#depth;
  }

  /**
   * The tag with the declarations it lacks. A document that declares what it uses stays as it is to the octet: a signature
   * within may cover all declarations, so that superfluous ones would break it.
   */
  tag(octets: Buffer, change: -1 | 0 | 1): Buffer {
    if (change === -1) return this.#close(octets);
    // Prefixes declared outside are ASCII; Latin-1 keeps every octet apart.
    const text = octets.toString('latin1');
    const { name, used, declared } = prefixesOf(text);
    const missing = [...used].flatMap((prefix) => this.#lacking(prefix, declared));
    this.#depth += change;
    if (change === 1) this.#open(new Set([...declared, ...missing.map(([prefix]) => prefix)]));
    return missing.length === 0 ? octets : inserted(octets, 1 + name.length, missing);
  }

  #lacking(prefix: string, declared: ReadonlySet<string>): readonly (readonly [prefix: string, namespace: string])[] {
    const inside = declared.has(prefix) || this.#declaring.some(({ prefixes }) => prefixes.has(prefix));
    const namespace = inside || prefix === 'xml' ? undefined : this.#outside.meaning(prefix);
    return namespace === undefined || namespace === '' ? [] : [[prefix, namespace]];
  }

  #open(prefixes: ReadonlySet<string>): void {
    if (prefixes.size === 0) return;
    if (this.#declaring.length >= MAX_DEPTH) throw new MalformedXml('namespaces nested too deeply');
    this.#declaring.push({ depth: this.#depth, prefixes });
  }

  #close(octets: Buffer): Buffer {
    if (this.#declaring.at(-1)?.depth === this.#depth) this.#declaring.pop();
    this.#depth--;
    return octets;
  }
}

/** An element without prefix uses the default namespace, an attribute without prefix none. */
function prefixesOf(tag: string): { name: string; used: ReadonlySet<string>; declared: ReadonlySet<string> } {
  const name = ELEMENT_NAME.exec(tag)?.[1] ?? '';
  const used = new Set([prefixOf(name) ?? '']);
  const declared = new Set<string>();
  ATTRIBUTE.lastIndex = 1 + name.length;
  for (let found = ATTRIBUTE.exec(tag); found !== null; found = ATTRIBUTE.exec(tag)) {
    const attribute = found[1] ?? '';
    const prefix = prefixOf(attribute);
    if (attribute === 'xmlns') declared.add('');
    else if (prefix === 'xmlns') declared.add(attribute.slice('xmlns:'.length));
    else if (prefix !== undefined) used.add(prefix);
  }
  return { name, used, declared };
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon === -1 ? undefined : name.slice(0, colon);
}

function inserted(tag: Buffer, at: number, missing: readonly (readonly [prefix: string, namespace: string])[]): Buffer {
  const declarations = missing.map(([prefix, namespace]) => {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    return xml` ${name}="${namespace}"`.text;
  });
  return Buffer.concat([tag.subarray(0, at), Buffer.from(declarations.join('')), tag.subarray(at)]);
}
