/** Every status code that sending can meet is answered with the reply that isds §9 recommends, and with advice. */
import { describe, expect, test } from 'vitest';
import { smtpReply } from '../../src/refusals/index.ts';
import { classify, IsdsError, refusalFor } from '../../src/isds/index.ts';
import { ABOUT_THE_BOX, ABOUT_THE_MESSAGE, ABOUT_THE_SEARCH } from './codes-of-sending.ts';
import { describedCodes } from './described-codes.ts';

/** Calls of sending: the recipient, the message, its files, and what was sent before; `any` and `internal` come from all of them. */
const CALLS_OF_SENDING =
  /Create\*|CreateM|CreateBig|Upload|CheckDataBox|ISDSSearch|VoDZ|GetListOfSent|, lists,|^(?:all|any|internal|portal|search|test|various)\b/;

const NO_REFUSAL = /^(?:success|partial|end-of-enumeration|skip)/;

/** Where we answer otherwise than recommended, and why. */
const DIFFERENT: Readonly<Record<string, readonly [smtp: string, because: string]>> = {
  '1217': [
    '550 5.5.3',
    'a 452 belongs to RCPT; after DATA a mail program would repeat for days what can never succeed',
  ],
  '1226': ['554 5.6.1', 'it is told of an attachment, as all that ISDS refuses of attachments is'],
  '1298': ['451 4.3.2', 'a limit of the moment, as 3008 and 3009'],
  '3000': ['451 4.3.2', 'a limit of the moment, as 3008 and 3009'],
  '3003': ['451 4.3.2', 'a limit of the moment, as 3008 and 3009'],
};

/** Left to ISDS's own words, because a person can do nothing about them: questions that we put ourselves. */
const QUESTIONS = ['1152', '1154', '1180', '1186', '1187', '1188', '1189', '2019'];

function refusalOf(code: string, outcome: 'unknown' | 'not-executed' = 'not-executed') {
  const error = new IsdsError({ kind: 'status', code, message: '', class: classify(code).class }, { outcome });
  return refusalFor(error, { box: 'urad453', address: 'urad453@datovka.example' });
}

function replyTo(code: string, outcome?: 'unknown'): string {
  const reply = smtpReply(refusalOf(code, outcome));
  return `${reply.code} ${reply.enhanced}`;
}

describe('compared with docs/isds.md §9', () => {
  const ofSending = describedCodes.filter(
    (described) => CALLS_OF_SENDING.test(described.operations) && !NO_REFUSAL.test(described.class),
  );

  test('the codes of sending are known', () => {
    const known = [...ABOUT_THE_BOX, ...ABOUT_THE_SEARCH, ...ABOUT_THE_MESSAGE];
    expect(known.toSorted()).toEqual(ofSending.map(({ code }) => code).toSorted());
  });

  test.each(ofSending)('$code is answered as recommended', ({ code, smtp }) => {
    expect(replyTo(code)).toBe(DIFFERENT[code]?.[0] ?? smtp);
  });

  test.each(Object.keys(DIFFERENT))('%s is answered otherwise indeed', (code) => {
    const recommended = ofSending.find((candidate) => candidate.code === code)?.smtp;
    expect(recommended).toMatch(/^[45]/);
    expect(replyTo(code)).not.toBe(recommended);
  });

  test.each(ofSending)('$code: 4xx is temporary, 5xx is for good', (described) => {
    const temporary = ['temporary', 'repeat-at-once', 'account-busy', 'upload-again'].includes(described.class);
    expect(replyTo(described.code)).toMatch(temporary ? /^4/ : /^5/);
  });

  test.each(ofSending)('$code, with the message perhaps sent, is temporary whatever else it says', ({ code }) => {
    expect(replyTo(code, 'unknown')).toBe('451 4.3.0');
  });

  test('a person is told what to do, except where there is nothing to do', () => {
    const general = ofSending.filter(({ code }) => refusalOf(code).reason === 'isds-refused').map(({ code }) => code);
    expect(general.toSorted()).toEqual(QUESTIONS);
  });
});

test.each([
  ['1026', 'own-box-not-activated'],
  ['1200', 'isds-size-exceeded'],
  ['1205', 'payment-missing'],
  ['1206', 'sending-not-permitted'],
  ['1215', 'recipient-of-another-kind'],
  ['1217', 'isds-recipients-too-many'],
  ['1225', 'text-characters-refused'],
  ['1252', 'file-infected'],
  ['1253', 'isds-files-too-many'],
  ['1282', 'isds-size-exceeded'],
  ['1286', 'upload-quota-full'],
  ['1290', 'isds-failure'],
  ['1296', 'isds-size-exceeded'],
  ['1297', 'isds-protocol'],
  ['1298', 'isds-busy'],
  ['2046', 'virus-check-late'],
  ['3013', 'large-messages-suspended'],
  ['9005', 'isds-failure'],
])('%s is refused as %s', (code, reason) => {
  expect(refusalOf(code)).toMatchObject({ reason, isdsCode: code });
});
