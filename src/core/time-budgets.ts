/** How long a mail program is kept waiting while ISDS has not answered: every place where it waits, in milliseconds. */

export interface TimeBudgets {
  readonly login: number;
  readonly poll: number;
  readonly content: number;
  readonly head: number;
  readonly recipient: number;
  readonly data: number;
}

/**
 * FairEmail gives up after 40 s without an octet, K-9 and Outlook after 60 s, Thunderbird after 100 s, on sending FairEmail
 * after 80 s (mail-clients §8.5, §9.1). What ISDS was asked goes on when this is over, and serves the next try.
 */
export const TIME_BUDGETS: TimeBudgets = {
  /** AUTH and PASS, to `-ERR [SYS/TEMP]` or 454. */
  login: 30_000,
  /** STAT, LIST and UIDL, to the last known list or `-ERR [SYS/TEMP]`. */
  poll: 30_000,
  /** RETR, until it begins with what is known, the header, instead of a refusal; from then on a program waits as long as it likes. */
  content: 15_000,
  /** RETR and TOP, while not even the header is known, to `-ERR [SYS/TEMP]`. */
  head: 30_000,
  /** RCPT, to 451: its user sits in front of it (mail-clients §9.2). */
  recipient: 10_000,
  /** From the final dot of DATA, to 451. */
  data: 45_000,
};
