/** Checks the time stamp of a seal: a signed statement that the seal existed at a moment (RFC 3161 §2.4.2). */
import { createHash } from 'node:crypto';
import { TSTInfo } from 'pkijs';
import { digestName } from './digest-algorithm.ts';
import { checkSignature, coversContent } from './signature.ts';
import { SignedDataReader, type SignedRest } from './signed-data-reader.ts';
import { parseBer, readSigner, type Signer } from './signer.ts';
import type { TrustAnchors } from './trust-anchors.ts';
import type { SealProblem } from './verdict.ts';

const TIME_STAMP_INFO = '1.2.840.113549.1.9.16.1.4';

/** Authorities sign time stamps only with keys that serve nothing else (RFC 3161 §2.3). */
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

interface Token {
  readonly info: TSTInfo;
  readonly rest: SignedRest;
  readonly signer: Signer;
}

/** The moment that the time stamp proves for this signature, or why it proves nothing. */
export function checkTimeStamp(
  token: Buffer,
  signature: Buffer,
  anchors: TrustAnchors,
): { readonly at: Date } | { readonly problem: SealProblem } {
  const read = readToken(token);
  if (read === undefined) return { problem: 'time-stamp-unreadable' };
  const { info, rest, signer } = read;
  if (!isImprint(info, signature)) return { problem: 'time-stamp-foreign' };
  if (!coversContent(signer, rest)) return { problem: 'time-stamp-signature' };
  const checked = checkSignature(signer, rest);
  if (checked.problem !== undefined) return { problem: `time-stamp-${checked.problem}` };
  const objection = isForTimeStamps(checked.certificate)
    ? anchors.objection(checked.certificate, checked.others, info.genTime)
    : 'untrusted';
  return objection === undefined ? { at: info.genTime } : { problem: `time-stamp-${objection}` };
}

function readToken(token: Buffer): Token | undefined {
  try {
    const reader = new SignedDataReader();
    const content = reader.push(token);
    const rest = reader.end();
    const [signer] = rest.signers;
    if (rest.contentType !== TIME_STAMP_INFO || signer === undefined) return undefined;
    return { info: new TSTInfo({ schema: parseBer(content) }), rest, signer: readSigner(signer) };
  } catch {
    // Whatever the parser stumbles over, the octets are no time stamp.
    return undefined;
  }
}

function isImprint({ messageImprint }: TSTInfo, signature: Buffer): boolean {
  const name = digestName(messageImprint.hashAlgorithm.algorithmId);
  if (name === undefined) return false;
  return createHash(name).update(signature).digest().equals(Buffer.from(messageImprint.hashedMessage.getValue()));
}

/** node:crypto calls the extended key usage so, and its types forget that there may be none. */
function isForTimeStamps(certificate: { readonly keyUsage?: readonly string[] }): boolean {
  return certificate.keyUsage?.includes(TIME_STAMPING) === true;
}
