/** What a signed original's seal is found to be, without a network. */
import type { Seal } from '../../src/isds/index.ts';
import { checkSeal } from '../../src/isds/signed/seal.ts';
import { SignedDataReader } from '../../src/isds/signed/signed-data-reader.ts';
import { TrustAnchors } from '../../src/isds/signed/trust-anchors.ts';

export interface Circumstances {
  /** PEM. */
  readonly anchors?: string | undefined;
  readonly now?: Date;
}

export function judge(cms: Buffer, { anchors, now = new Date() }: Circumstances = {}): Seal {
  const reader = new SignedDataReader();
  reader.push(cms);
  const trusted = anchors === undefined ? undefined : new TrustAnchors(anchors);
  return checkSeal(reader.end(), { anchors: trusted, stamped: true, now });
}
