/** One mail being read, with the mails inside it: where its octets go, and what all of it together may cost. */
import { Slices, type ThreadPool } from '../core/index.ts';
import type { Address } from './parts/header-fields.ts';
import { MAX_PARTS } from './parts/mail-parts.ts';
import { ProcessorBudget } from './text/processor-budget.ts';
import { problems, unreadable } from './problems.ts';
import type { Spool } from '../spool/index.ts';

/** A mail forwarded from hand to hand is three or four deep; each step writes its octets to the spool once more. */
const MAX_EMBEDDED_DEPTH = 6;

/** All bodies together; HTML with pictures pasted into the markup reaches megabytes. */
const MAX_BODY_OCTETS = 8 * 1024 * 1024;

/** Plain texts among them: three hundred pages. A text of millions of empty lines would stop everybody else for a second. */
const MAX_TEXT_OCTETS = 1024 * 1024;

/**
 * Reads of structures around mails and files, signatures and winmail.dat: a hundred megabytes signed by Outlook take four hundred
 * thousand, one for each tag and length; a file made of nothing else would take a hundred million, a microsecond each.
 */
const MAX_READS = 1_500_000;

/** Shared by everything that one mail encloses: a thousand mails in one cost no more than one mail. */
export class Budget {
  #parts = 0;
  #bodyOctets = 0;
  #textOctets = 0;
  #reads = 0;
  readonly #slices: Slices;

  constructor(account: string) {
    this.#slices = new Slices(account);
  }

  countPart(): void {
    if (++this.#parts > MAX_PARTS) throw unreadable(problems.tooManyParts);
  }

  /** Before each read of a structure; lets others go first when it is their turn. */
  async countRead(): Promise<void> {
    if (++this.#reads > MAX_READS) throw unreadable(problems.tooManyParts);
    await this.pause();
  }

  /** Between two steps of long work; lets others go first when it is their turn. */
  async pause(): Promise<void> {
    await this.#slices.next();
  }

  countBody(octets: number): void {
    this.#bodyOctets += octets;
    if (this.#bodyOctets > MAX_BODY_OCTETS) throw unreadable(problems.textTooLong);
  }

  /** A body, or a piece of one, that is plain text. */
  countText(octets: number): void {
    this.countBody(octets);
    this.#textOctets += octets;
    if (this.#textOctets > MAX_TEXT_OCTETS) throw unreadable(problems.textTooLong);
  }

  /** A whole plain text in a winmail.dat: mostly it says once more what the mail says, so that each may be as long. */
  countTextAgain(octets: number): void {
    this.countBody(octets);
    if (octets > MAX_TEXT_OCTETS) throw unreadable(problems.textTooLong);
  }
}

/** What the reading of one mail shares, enclosed mails included. */
export interface Reading {
  readonly spool: Spool;
  /** Ends the reading; the source has to end or fail then, too. */
  readonly signal: AbortSignal;
  readonly budget: Budget;
  readonly processorBudget: ProcessorBudget;
  readonly htmlThreads: ThreadPool;
  /** Whose mail it is: work for it takes turns with that for others. */
  readonly account: string;
  /** How many mails are around this one. */
  readonly depth: number;
  /** True inside a forwarded mail, which may be anything, for somebody chose to send it. */
  readonly isForwarded: boolean;
  /** The author of the mail that is being read, also inside its signature or winmail.dat. */
  readonly sender: Address | undefined;
}

/** Everything that one mail is read with; its budgets are full. */
export function startReading(
  spool: Spool,
  { signal, account, htmlThreads }: Pick<Reading, 'signal' | 'account' | 'htmlThreads'>,
): Reading {
  return {
    spool,
    signal,
    budget: new Budget(account),
    processorBudget: new ProcessorBudget(),
    htmlThreads,
    account,
    depth: 0,
    isForwarded: false,
    sender: undefined,
  };
}

/** The reading of what stands inside; refuses what is nested too deep to be meant. */
export function oneDeeper(reading: Reading): Reading {
  reading.signal.throwIfAborted();
  if (reading.depth === MAX_EMBEDDED_DEPTH) throw unreadable(problems.enclosedTooDeep);
  return { ...reading, depth: reading.depth + 1 };
}
