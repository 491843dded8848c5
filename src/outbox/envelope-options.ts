/** X-ISDS headers of a mail as options of its envelope; the names are those of received mails (docs/headers.md). */
import type { Refusal } from '../refusals/index.ts';
import type { LegalTitle } from '../isds/index.ts';
import type { MailField } from '../mail-parser/index.ts';
import { MAX_TO_HANDS_LENGTH } from './address.ts';

export interface EnvelopeOptions {
  readonly toHands?: string;
  readonly personalDelivery?: boolean;
  readonly senderRefNumber?: string;
  readonly senderIdent?: string;
  readonly recipientRefNumber?: string;
  readonly recipientIdent?: string;
  readonly legalTitle?: Partial<LegalTitle>;
  readonly allowSubstDelivery?: boolean;
  /** True is the name, a number the sum of IdLevel bits. */
  readonly publishOwnId?: boolean | number;
  /** I initiatory, O prepaid reply, K by contract, E from credit. */
  readonly type?: MessageType;
  /** False: pay for a reply although it is prepaid. */
  readonly prepaidReply?: boolean;
}

const TYPES = ['I', 'O', 'K', 'E'] as const;
export type MessageType = (typeof TYPES)[number];

/** Reference numbers and idents (isds §4.1). ISDS bounds the parts of a legal title nowhere; they are a few characters. */
const MAX_REFERENCE_LENGTH = 50;

/** Of the number of an act, and of its year. */
const MAX_DIGITS_OF_LAW = 5;
const MAX_DIGITS_OF_YEAR = 4;

/** All bits of IdLevel (isds §6.1). */
const EVERY_LEVEL = 127;

/** The value that a text stands for, or why it is none. */
type Reading<Value> = { readonly value: Value } | { readonly problem: Problem };
type Problem = Pick<Refusal, 'reason' | 'facts'>;

interface Field {
  /** As docs/writing.md writes it. */
  readonly header: string;
  read(text: string): Reading<EnvelopeOptions>;
}

const fields: readonly Field[] = [
  field('X-ISDS-To-Hands', text(MAX_TO_HANDS_LENGTH), (toHands) => ({ toHands })),
  field('X-ISDS-Personal-Delivery', yesOrNo, (personalDelivery) => ({ personalDelivery })),
  field('X-ISDS-Sender-Ref-Number', text(MAX_REFERENCE_LENGTH), (senderRefNumber) => ({ senderRefNumber })),
  field('X-ISDS-Sender-Ident', text(MAX_REFERENCE_LENGTH), (senderIdent) => ({ senderIdent })),
  field('X-ISDS-Recipient-Ref-Number', text(MAX_REFERENCE_LENGTH), (recipientRefNumber) => ({ recipientRefNumber })),
  field('X-ISDS-Recipient-Ident', text(MAX_REFERENCE_LENGTH), (recipientIdent) => ({ recipientIdent })),
  field('X-ISDS-Legal-Title-Law', digits(MAX_DIGITS_OF_LAW), (law) => ({ legalTitle: { law } })),
  field('X-ISDS-Legal-Title-Year', digits(MAX_DIGITS_OF_YEAR), (year) => ({ legalTitle: { year } })),
  field('X-ISDS-Legal-Title-Sect', text(MAX_REFERENCE_LENGTH), (section) => ({ legalTitle: { section } })),
  field('X-ISDS-Legal-Title-Par', text(MAX_REFERENCE_LENGTH), (paragraph) => ({ legalTitle: { paragraph } })),
  field('X-ISDS-Legal-Title-Point', text(MAX_REFERENCE_LENGTH), (point) => ({ legalTitle: { point } })),
  field('X-ISDS-Allow-Subst-Delivery', yesOrNo, (allowSubstDelivery) => ({ allowSubstDelivery })),
  field('X-ISDS-Publish-Own-ID', level, (publishOwnId) => ({ publishOwnId })),
  field('X-ISDS-Type', messageType, (type) => ({ type })),
  field('X-ISDS-Prepaid-Reply', yesOrNo, (prepaidReply) => ({ prepaidReply })),
];

const fieldOf = new Map(fields.map((known) => [known.header.toLowerCase(), known]));

/** All that is wrong with the headers is told together. */
export function readEnvelopeOptions(mailFields: readonly MailField[]): {
  options: EnvelopeOptions;
  problems: readonly Refusal[];
} {
  let options: EnvelopeOptions = {};
  const problems: Refusal[] = [];
  const seen = new Set<string>();
  for (const { name, value } of mailFields) {
    const known = fieldOf.get(name);
    if (known === undefined) {
      problems.push({ reason: 'header-unknown', facts: { header: name, known: KNOWN_HEADERS } });
    } else if (seen.has(name)) {
      problems.push({ reason: 'header-repeated', facts: { header: known.header } });
    } else {
      seen.add(name);
      const reading = known.read(value);
      if ('problem' in reading) problems.push(reading.problem);
      else options = merged(options, reading.value);
    }
  }
  return { options, problems: [...problems, ...contradictions(options)] };
}

const KNOWN_HEADERS = fields
  .map(({ header }) => header)
  .toSorted()
  .join(', ');

/** The parts of a legal title come from fields of their own. */
function merged(options: EnvelopeOptions, more: EnvelopeOptions): EnvelopeOptions {
  const legalTitle = { ...options.legalTitle, ...more.legalTitle };
  return { ...options, ...more, ...(Object.keys(legalTitle).length === 0 ? {} : { legalTitle }) };
}

function contradictions({ type, prepaidReply, senderRefNumber }: EnvelopeOptions): Refusal[] {
  const isContradictory = type !== undefined && prepaidReply !== undefined && prepaidReply !== (type === 'O');
  const facts = { header: 'X-ISDS-Prepaid-Reply', other: 'X-ISDS-Type' };
  return [
    ...(isContradictory ? [{ reason: 'header-contradicts', facts } as const] : []),
    // ISDS answers 1235, when the files are there already.
    ...(type === 'I' && senderRefNumber === undefined ? [{ reason: 'initiatory-impossible', facts: {} } as const] : []),
  ];
}

function field<Value>(
  header: string,
  read: (header: string, text: string) => Reading<Value>,
  option: (value: Value) => EnvelopeOptions,
): Field {
  return {
    header,
    read: (value) => {
      const reading = read(header, value);
      return 'problem' in reading ? reading : { value: option(reading.value) };
    },
  };
}

function text(limit: number) {
  return (header: string, value: string): Reading<string> => {
    const length = Array.from(value).length;
    return length <= limit ? { value } : { problem: { reason: 'header-too-long', facts: { header, length, limit } } };
  };
}

function digits(limit: number) {
  return (header: string, value: string): Reading<string> =>
    /^[0-9]+$/.test(value) && value.length <= limit
      ? { value }
      : { problem: { reason: 'header-not-whole-number', facts: { header, limit } } };
}

function yesOrNo(header: string, value: string): Reading<boolean> {
  const word = value.toLowerCase();
  return word === 'yes' || word === 'no' ? { value: word === 'yes' } : unknownValue(header, 'yes, no');
}

function level(header: string, value: string): Reading<boolean | number> {
  if (/^[0-9]{1,3}$/.test(value)) {
    const sum = Number(value);
    if (sum >= 1 && sum <= EVERY_LEVEL) return { value: sum };
  }
  const reading = yesOrNo(header, value);
  return 'problem' in reading ? unknownValue(header, `yes, no, 1–${EVERY_LEVEL}`) : reading;
}

function messageType(header: string, value: string): Reading<MessageType> {
  const type = TYPES.find((known) => known === value.toUpperCase());
  return type === undefined ? unknownValue(header, TYPES.join(', ')) : { value: type };
}

function unknownValue(header: string, allowed: string): { problem: Problem } {
  return { problem: { reason: 'header-value-unknown', facts: { header, allowed } } };
}
