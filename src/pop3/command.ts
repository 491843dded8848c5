/** What a POP3 command is made of: the states that allow it, the grammar of its argument and what it does. */
import type { Argument } from './grammar.ts';
import type { Session, State } from './session.ts';

export interface Command {
  readonly states: readonly State[];
  /** Checks the argument (throws Misuse) and only then acts. */
  perform(session: Session, argument: Argument): Promise<void>;
}

export function command<Value>(
  states: readonly State[],
  grammar: (argument: Argument) => Value,
  action: (session: Session, value: Value) => Promise<void>,
): Command {
  return { states, perform: async (session, argument) => action(session, grammar(argument)) };
}
