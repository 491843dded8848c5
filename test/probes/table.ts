/** The probe table: what a POP3 server is asked, octet by octet, and what it must answer. */
import type { Probe } from './probe.ts';
import { argumentCounts, lengths, lineEnds, numbers, sentAhead, states, words } from './table/grammar.ts';
import { greeting, sasl, userAndPass } from './table/login.ts';
import { contents, deletions, tops } from './table/maildrop.ts';
import { stls } from './table/stls.ts';

export const table: Readonly<Record<string, readonly Probe[]>> = {
  'greeting and capabilities': greeting,
  'USER and PASS': userAndPass,
  AUTH: sasl,
  STLS: stls,
  states: states,
  words: words,
  numbers: numbers,
  'number of arguments': argumentCounts,
  'line ends': lineEnds,
  'long lines': lengths,
  'sent ahead': sentAhead,
  'sizes and contents': contents,
  TOP: tops,
  deletions: deletions,
};
