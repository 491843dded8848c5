/** The parameters of a multipart/related content type (RFC 2387), quoted or not (isds §1.4). */

/** The parameters of a multipart/related content type (RFC 2387). */
export interface MultipartType {
  readonly boundary: string;
  /** Content-ID of the root, with its angle brackets. */
  readonly start: string | undefined;
}

const RELATED = /^\s*multipart\/related\s*(?=;)/i;
const PARAMETER = /\s*;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/y;

/** RFC 2046 §5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;

/** Undefined for anything else, also when there is no boundary to go by. */
export function multipartType(contentType: string): MultipartType | undefined {
  const type = RELATED.exec(contentType);
  if (type === null) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = type[0].length;
  for (let found = PARAMETER.exec(contentType); found !== null; found = PARAMETER.exec(contentType)) {
    const [, name = '', quoted, plain = ''] = found;
    parameters.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
  }
  const boundary = parameters.get('boundary') ?? '';
  return BOUNDARY.test(boundary) ? { boundary, start: parameters.get('start') } : undefined;
}
