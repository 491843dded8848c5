/** The digests of the SHA-2 family by their object identifiers (RFC 5754 §2); older ones prove nothing any more. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
]);

/** The name by which node:crypto knows the digest, or undefined for any other. */
export function digestName(identifier: string): string | undefined {
  return NAMES.get(identifier);
}
