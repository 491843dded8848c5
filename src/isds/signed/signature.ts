/** Checks one signature of a CMS structure and the certificate behind it. */
import { X509Certificate } from 'node:crypto';
import type { SignedRest } from './signed-data-reader.ts';
import { verifies } from './signature-scheme.ts';
import type { Signer } from './signer.ts';
import type { SignatureProblem } from './verdict.ts';

/** A signature that holds, or why it does not; whether the certificate is to be trusted is another question. */
export type CheckedSignature =
  | { readonly problem?: never; readonly certificate: X509Certificate; readonly others: readonly X509Certificate[] }
  | { readonly problem: SignatureProblem };

/** Who signed, or what is wrong with the signature. Whether the certificate is to be trusted is another question. */
export function checkSignature(signer: Signer, { contentType, certificates }: SignedRest): CheckedSignature {
  // What is signed has to be what the structure says it is (RFC 5652 §11.1).
  if (signer.contentType !== contentType) return { problem: 'signature' };
  if (signer.scheme === undefined) return { problem: 'algorithm' };
  const own = certificates.find((candidate) => signer.names(candidate));
  const certificate = own && readX509(own);
  if (certificate === undefined) return { problem: 'certificate-missing' };
  if (!verifies(signer.scheme, signer.signedAttributes, certificate, signer.signature)) return { problem: 'signature' };
  return { certificate, others: certificates.flatMap((candidate) => readX509(candidate) ?? []) };
}

/** True when the content is the one that was signed. */
export function coversContent({ digestName, messageDigest }: Signer, { digests }: SignedRest): boolean {
  return digestName !== undefined && digests.get(digestName)?.equals(messageDigest) === true;
}

function readX509(octets: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(octets);
  } catch {
    return undefined;
  }
}
