/** What the gateway says no to: one closed set of reasons, thrown as a value that every room can read. */
import type { Words } from './catalogue-entry.ts';
import type { catalogue } from './catalogue.ts';

export type RefusalReason = keyof typeof catalogue;

/** What a text may mention: the box, the file, the limit, ISDS's own words. Never a password or a subject. */
export type RefusalFacts = Readonly<Record<string, Fact>>;

/** Names and times read the same in every language; a number is written as the language writes it, words need both. */
export type Fact = string | number | Words;

/** Why something is not done, in no language yet. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly facts: RefusalFacts;
  /** The four-digit status code of ISDS that led here, if one did. */
  readonly isdsCode?: string;
  /** What else stands in the way, so that everything can be mended in one go; the first refusal decides the code of the answer. */
  readonly others?: readonly Refusal[];
}

interface RefusedOptions {
  readonly isdsCode?: string;
  readonly others?: readonly Refusal[];
  readonly cause?: unknown;
}

/** The error that carries a refusal through the rooms to the person who is waiting for an answer. */
export class Refused extends Error implements Refusal {
  override readonly name = 'Refused';
  readonly reason: RefusalReason;
  readonly facts: RefusalFacts;
  declare readonly isdsCode?: string;
  declare readonly others?: readonly Refusal[];

  constructor(reason: RefusalReason, facts: RefusalFacts = {}, options: RefusedOptions = {}) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.facts = facts;
    if (options.isdsCode !== undefined) this.isdsCode = options.isdsCode;
    if (options.others !== undefined && options.others.length > 0) this.others = options.others;
  }
}
