/** Mails in order that ISDS does not take. */
import { classify } from '../../../src/isds/index.ts';
import type { FaultKind } from '../../../src/sandbox/index.ts';
import { ABOUT_THE_MESSAGE } from '../../isds/codes-of-sending.ts';
import { letter, type RefusedMail, type Section } from './cases.ts';

/** A subject of its own for each, since the same mail again would be looked up instead of sent. */
const failing = (what: string, kind: FaultKind): RefusedMail => ({
  what,
  mail: letter(`Žádost, ${what}`),
  fault: { ...kind, operation: 'CreateMessage' },
});

export const answering: readonly Section[] = [
  {
    title: 'What ISDS says of the message',
    mails: ABOUT_THE_MESSAGE.map((code) => failing(`${code} ${classify(code).meaning}`, { kind: 'status', code })),
  },
  {
    title: 'What ISDS says instead of an answer',
    mails: [
      failing('maintenance', { kind: 'http503' }),
      failing('maintenance with a static page', { kind: 'http503', page: 'static' }),
      failing('a SOAP fault', { kind: 'soapFault' }),
      failing('a web page', { kind: 'html200' }),
      failing('no XML', { kind: 'garbage' }),
    ],
  },
];
