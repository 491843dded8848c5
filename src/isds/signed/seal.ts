/** Judges the seal of a signed original once all of it has arrived: is the content the one that was sealed, by whom, and when. */
import type { X509Certificate } from 'node:crypto';
import { BrokenOriginal } from './broken-original.ts';
import { checkSignature, coversContent } from './signature.ts';
import type { SignedRest } from './signed-data-reader.ts';
import { readSigner, type Signer } from './signer.ts';
import { checkTimeStamp } from './time-stamp.ts';
import type { TrustAnchors } from './trust-anchors.ts';
import type { Seal, SealProblem } from './verdict.ts';

/** ISDS seals XML, which CMS calls plain data (RFC 5652 §4). */
const DATA = '1.2.840.113549.1.7.1';

/** node:crypto writes names with the escapes of RFC 2253 §2.4. */
const ESCAPED = /\\([,+"\\<>;# ])/g;

/** By what a seal is checked. */
export interface SealQuestion {
  /** Without any only the content is checked. */
  readonly anchors: TrustAnchors | undefined;
  /** ISDS did not say that there is no time stamp (isds §5.3, 0005). */
  readonly stamped: boolean;
  /** The seal is made anew for every download (isds §11.12): without a time stamp, this is when. */
  readonly now: Date;
}

/** Throws BrokenOriginal when the content is not the one that was sealed; a doubtful seal is only a verdict. */
export function checkSeal(rest: SignedRest, { anchors, stamped, now }: SealQuestion): Seal {
  const [first] = rest.signers;
  if (first === undefined || rest.contentType !== DATA) throw new BrokenOriginal('no signer');
  const signer = readSigner(first);
  if (!coversContent(signer, rest)) throw new BrokenOriginal('the content differs from what was sealed');
  const token = stamped ? signer.timeStamp : undefined;
  const timeStamped = token !== undefined;
  if (anchors === undefined) return { verdict: 'unchecked', timeStamped };
  return { timeStamped, ...check(signer, rest, token, anchors, now) };
}

function check(
  signer: Signer,
  rest: SignedRest,
  token: Buffer | undefined,
  anchors: TrustAnchors,
  now: Date,
): Omit<Seal, 'timeStamped'> {
  const checked = checkSignature(signer, rest);
  if (checked.problem !== undefined) return invalid(checked.problem);
  const signedBy = { signer: nameOf(checked.certificate) };
  const stamp = token && checkTimeStamp(token, signer.signature, anchors);
  if (stamp !== undefined && 'problem' in stamp) return { ...invalid(stamp.problem), ...signedBy };
  const sealedAt = stamp === undefined ? {} : { sealedAt: stamp.at };
  const objection = anchors.objection(checked.certificate, checked.others, stamp?.at ?? now);
  const verdict = objection === undefined ? { verdict: 'valid' as const } : invalid(objection);
  return { ...verdict, ...signedBy, ...sealedAt };
}

function invalid(problem: SealProblem) {
  return { verdict: 'invalid', problem } as const;
}

/** The common name and the organisation, in the words of the certificate. */
function nameOf({ subject }: X509Certificate): string {
  const lines = subject.split('\n');
  const parts = ['CN=', 'O='].flatMap((key) => lines.find((line) => line.startsWith(key))?.slice(key.length) ?? []);
  return parts.map((part) => part.replace(ESCAPED, '$1')).join(', ');
}
