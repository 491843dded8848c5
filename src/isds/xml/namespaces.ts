/** Which namespace a prefix means at a place of a document (Namespaces in XML 1.0). */
import { MalformedXml } from './xml-text.ts';

/** A name with what its prefix means. */
export interface ExpandedName {
  readonly namespace: string;
  readonly local: string;
}

/** Prefixes vary from answer to answer and are redeclared inside (isds §1.3): only namespace and local name identify an element. */
export class Namespaces {
  static readonly none = new Namespaces(new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));

  readonly #declared: ReadonlyMap<string, string>;

  private constructor(declared: ReadonlyMap<string, string>) {
    this.#declared = declared;
  }

  /** The namespaces within an element that has these attributes. */
  within(attributes: ReadonlyMap<string, string>): Namespaces {
    if (attributes.size === 0) return this;
    const declarations = [...attributes].flatMap(([name, value]): [string, string][] => {
      if (name === 'xmlns') return [['', value]];
      return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [];
    });
    return declarations.length === 0 ? this : new Namespaces(new Map([...this.#declared, ...declarations]));
  }

  /** What a prefix means here, the empty one being the default; undefined and empty mean nothing. */
  meaning(prefix: string): string | undefined {
    return this.#declared.get(prefix);
  }

  element(name: string): ExpandedName {
    return this.#expand(name, this.#declared.get('') ?? '');
  }

  /** An attribute without prefix has no namespace, whatever the default is. */
  attribute(name: string): ExpandedName {
    return this.#expand(name, '');
  }

  #expand(name: string, withoutPrefix: string): ExpandedName {
    const colon = name.indexOf(':');
    if (colon === -1) return { namespace: withoutPrefix, local: name };
    const namespace = this.#declared.get(name.slice(0, colon));
    if (namespace === undefined || namespace === '') throw new MalformedXml('undeclared prefix');
    return { namespace, local: name.slice(colon + 1) };
  }
}
