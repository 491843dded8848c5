/** The value of a Content-Type field: type and parameters (RFC 2045 §5.1). */

/** A content type, taken apart. */
export interface MediaType {
  /** In lower case, as are the names of the parameters. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TYPE = /^\s*([!#$&-.^-~\w]+\/[!#$&-.^-~\w]+)\s*/;
const PARAMETER = /;\s*([!#$&-.^-~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/y;

/** Undefined when it does not keep to the grammar, or says something twice. */
export function readMediaType(text: string): MediaType | undefined {
  const [start = '', type] = TYPE.exec(text) ?? [];
  if (type === undefined) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = start.length;
  while (PARAMETER.lastIndex < text.length) {
    const [, name = '', quoted, plain = ''] = PARAMETER.exec(text) ?? [];
    if (name === '' || parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }
  return { type: type.toLowerCase(), parameters };
}
