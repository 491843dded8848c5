/** What POP3 itself says no to, as opposed to a refusal of the gateway: the words are for a person who reads a protocol log. */
import type { Phrase, RefusalFacts } from '../refusals/index.ts';

/** A command that cannot be carried out as it was given. */
export class Rejection extends Error {
  override readonly name: string = 'Rejection';
  readonly phrase: Phrase;
  readonly facts: RefusalFacts;

  constructor(phrase: Phrase, facts: RefusalFacts = {}) {
    super(phrase);
    this.phrase = phrase;
    this.facts = facts;
  }
}

/** The client did not speak POP3, or not at the right time; too many in a row end the conversation. */
export class Misuse extends Rejection {
  override readonly name = 'Misuse';
}

/** The content could not be sent as announced, so the connection must end without the final dot. */
export class BrokenContent extends Error {
  override readonly name = 'BrokenContent';
}
