/** The certificates that seals and time stamps must lead to, and the way there (RFC 5280 §6.1). */
import { X509Certificate } from 'node:crypto';

/** Certificates between the first and an anchor; real chains have one. */
const MAX_CHAIN_LENGTH = 4;

/** More certificates than any chain needs; each step through them costs verifications. */
const MAX_CERTIFICATES = 16;

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export class TrustAnchors {
  readonly #anchors: readonly X509Certificate[];

  /** Takes one PEM certificate or several: of authorities, or of a seal itself. */
  constructor(pem: string) {
    this.#anchors = (pem.match(PEM) ?? []).map((certificate) => new X509Certificate(certificate));
    if (this.#anchors.length === 0) throw new TypeError('The trust anchors for seals hold no PEM certificate');
  }

  /**
   * Why a certificate is not to be trusted at that moment, with the help of others that came along. What cannot be
   * asked offline, revocation, is not asked.
   */
  objection(
    certificate: X509Certificate,
    others: readonly X509Certificate[],
    at: Date,
  ): 'untrusted' | 'not-in-force' | undefined {
    if (!this.#leadsHere(certificate, others.slice(0, MAX_CERTIFICATES), at)) return 'untrusted';
    return isInForce(certificate, at) ? undefined : 'not-in-force';
  }

  /** All ways at once, a step at a time, so that each certificate is tried but once. */
  #leadsHere(certificate: X509Certificate, others: readonly X509Certificate[], at: Date): boolean {
    let reached: readonly X509Certificate[] = [certificate];
    let left = others.filter((other) => isInForce(other, at));
    for (let steps = 0; steps <= MAX_CHAIN_LENGTH; steps++) {
      if (reached.some((subject) => this.#holds(subject))) return true;
      const subjects = reached;
      reached = left.filter((issuer) => subjects.some((subject) => hasIssued(issuer, subject)));
      left = left.filter((issuer) => !reached.includes(issuer));
    }
    return false;
  }

  #holds(certificate: X509Certificate): boolean {
    return this.#anchors.some((anchor) => anchor.raw.equals(certificate.raw) || hasIssued(anchor, certificate));
  }
}

function hasIssued(issuer: X509Certificate, subject: X509Certificate): boolean {
  try {
    return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

function isInForce({ validFromDate, validToDate }: X509Certificate, at: Date): boolean {
  return validFromDate <= at && at <= validToDate;
}
