/** When to ask for a certificate: well before the old one ends, not all at the same hour, and not again at once after a failure. */

/** Authorities advise a third of the life before the end; with 90 days that leaves a month for mending. */
const RENEW_AFTER = 2 / 3;
/** A part of the life by which renewals are spread, so that a thousand gateways do not ask in the same minute. */
const RENEWAL_SPREAD = 0.05;

const MINUTE_MS = 60_000;
/** Let's Encrypt allows five failed tries of a name within an hour; this makes three. */
const FIRST_WAIT_MS = 15 * MINUTE_MS;
/** Four tries a day: whoever mends something tonight has the certificate in the morning. */
const MAX_WAIT_MS = 6 * 60 * MINUTE_MS;
/** Each wait is longer or shorter by up to this part. */
const WAIT_SPREAD = 0.2;

/** How long a certificate is valid. */
export interface Life {
  /** Milliseconds since the epoch. */
  readonly begins: number;
  readonly ends: number;
}

/** `chance` is from 0 to 1, drawn once for each certificate. */
export function renewalTime({ begins, ends }: Life, chance: number): number {
  return begins + (ends - begins) * (RENEW_AFTER + RENEWAL_SPREAD * chance);
}

/** How long to wait after so many failures in a row, in milliseconds. */
export function waitAfter(failures: number, chance: number): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), MAX_WAIT_MS);
  return wait * (1 + WAIT_SPREAD * (2 * chance - 1));
}
