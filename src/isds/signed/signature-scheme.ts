/** How a signature was made, in the terms of node:crypto (RFC 3370, RFC 4056, RFC 5753, RFC 5754). */
import { constants, verify, type X509Certificate } from 'node:crypto';
import { AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';
import { digestName } from './digest-algorithm.ts';

/** How a signature algorithm is verified with node:crypto. */
export interface SignatureScheme {
  readonly digestName: string;
  readonly keyTypes: readonly string[];
  readonly options: { readonly padding?: number; readonly saltLength?: number };
}

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const MASK_GENERATION_1 = '1.2.840.113549.1.1.8';

const RSA_WITH: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.113549.1.1.14', 'sha224'],
]);

const ECDSA_WITH: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.4.3.1', 'sha224'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

/** Undefined for what we do not know or trust; `contentDigest` serves where the scheme names no digest of its own. */
export function readScheme(
  algorithm: AlgorithmIdentifier,
  contentDigest: string | undefined,
): SignatureScheme | undefined {
  const { algorithmId } = algorithm;
  if (algorithmId === RSA_PSS) return readPss(algorithm);
  const ecdsa = ECDSA_WITH.get(algorithmId);
  if (ecdsa !== undefined) return { digestName: ecdsa, keyTypes: ['ec'], options: {} };
  const rsa = algorithmId === RSA ? contentDigest : RSA_WITH.get(algorithmId);
  const options = { padding: constants.RSA_PKCS1_PADDING };
  return rsa === undefined ? undefined : { digestName: rsa, keyTypes: ['rsa'], options };
}

/** True when the key of this certificate made this signature of these octets. */
export function verifies(
  scheme: SignatureScheme,
  octets: Buffer,
  certificate: X509Certificate,
  signature: Buffer,
): boolean {
  try {
    const { publicKey } = certificate;
    if (!scheme.keyTypes.includes(publicKey.asymmetricKeyType ?? '')) return false;
    return verify(scheme.digestName, octets, { key: publicKey, ...scheme.options }, signature);
  } catch {
    // A key or parameters that OpenSSL does not take.
    return false;
  }
}

/** Everything left out means SHA-1, which is no longer trusted (RFC 4055 §3.1). */
function readPss({ algorithmParams }: AlgorithmIdentifier): SignatureScheme | undefined {
  if (algorithmParams === undefined) return undefined;
  const parameters = parsed(() => new RSASSAPSSParams({ schema: algorithmParams }));
  if (parameters === undefined) return undefined;
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = parameters;
  const digest = digestName(hashAlgorithm.algorithmId);
  if (digest === undefined || maskGenAlgorithm.algorithmId !== MASK_GENERATION_1) return undefined;
  const mask = parsed(() => new AlgorithmIdentifier({ schema: maskGenAlgorithm.algorithmParams }));
  // RFC 4055 recommends one digest for both, and node:crypto knows nothing else.
  if (mask?.algorithmId !== hashAlgorithm.algorithmId) return undefined;
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  return { digestName: digest, keyTypes: ['rsa', 'rsa-pss'], options };
}

/** Parameters that are garbage make an unknown scheme, not an unreadable seal. */
function parsed<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
