/** Why a mail, or a file that encloses a mail, cannot be read: the end of the sentence "Zprávě nelze porozumět: …". */
import { Refused } from '../core/index.ts';

export const problems = {
  empty: 'je prázdná',
  notAMail: 'není platným e-mailem',
  tooManyParts: 'má příliš mnoho částí nebo příliš dlouhou hlavičku',
  nestedTooDeep: 'její části jsou vnořeny příliš hluboko',
  enclosedTooDeep: 'zprávy jsou v ní vloženy jedna do druhé příliš hluboko',
  indivisible: 'některou její část nelze rozdělit',
  textTooLong: 'její text je příliš dlouhý, pošlete ho jako přílohu',
} as const;

export type Problem = (typeof problems)[keyof typeof problems];

export function unreadable(problem: Problem, cause?: unknown): Refused {
  return new Refused('mail-unreadable', { problem }, cause === undefined ? {} : { cause });
}
