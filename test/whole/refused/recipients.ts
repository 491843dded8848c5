/** Wrong senders and recipients: refused before the mail is transferred, or right after it. */
import { classify } from '../../../src/isds/index.ts';
import { demoBoxes } from '../../../src/sandbox/index.ts';
import { ABOUT_THE_BOX, ABOUT_THE_SEARCH } from '../../isds/codes-of-sending.ts';
import { domain } from '../whole.ts';
import { type RefusedMail, type Section } from './cases.ts';

const to = (box: string): string => `${box}@${domain}`;

const senders: readonly RefusedMail[] = [
  { what: 'a foreign sender', from: '<nekdo@jinde.example>' },
  { what: 'the sender of another box', from: `<${demoBoxes.company}@${domain}>` },
  {
    what: 'a foreign author in the header',
    mail: 'From: Někdo <nekdo@jinde.example>\r\nSubject: Věc\r\n\r\nText.\r\n',
  },
  { what: 'a letter with the null sender', from: '<>' },
  { what: 'a login that may not send', login: 'pekar3', to: to(demoBoxes.office) },
];

const recipients: readonly RefusedMail[] = [
  { what: 'a recipient outside the domain', to: 'jan.novak@seznam.example' },
  { what: 'a box ID with a typing error', to: to('urad3k8') },
  { what: 'a name instead of a box ID', to: to('podatelna') },
  { what: 'a box that does not exist', to: to('neznamh') },
  { what: 'a box that was closed', to: to(demoBoxes.closed) },
  { what: 'a box that is suspended', to: to(demoBoxes.suspended) },
  { what: 'a box that nobody has activated', to: to(demoBoxes.notActivated) },
  { what: 'the system’s own box', to: to('aaaaaaa') },
  { what: 'the operator’s own box', to: to('zzzzzzq') },
  { what: 'the own box', to: to(demoBoxes.office) },
  { what: 'a person who takes no paid messages', login: 'pekar1', to: to(demoBoxes.refusesPdz) },
  { what: 'a person whom the search hides', login: 'pekar1', to: to(demoBoxes.hidden) },
  { what: 'a paid message without credit', login: 'kamil1', to: to(demoBoxes.company) },
];

const forms: readonly RefusedMail[] = [
  { what: 'an option that there is not', to: to(`${demoBoxes.company}+dodejka`) },
  { what: 'an option with a value that it does not take', to: to(`${demoBoxes.company}+vr=ano`) },
  { what: 'an option that comes twice', to: to(`${demoBoxes.company}+kr=Novak+kr=Dvorak`) },
  { what: 'k rukám without a name', to: to(`${demoBoxes.company}+kr=`) },
  { what: 'k rukám with 31 characters', to: to(`${demoBoxes.company}+kr=${'x'.repeat(31)}`) },
  { what: 'an IČO with a typing error', to: to('ico-12345678') },
  { what: 'an IČO of seven digits', to: to('ico-1234567') },
  { what: 'an IČO that nobody has', to: to('ico-27082440') },
  { what: 'an IČO whose only box was closed', to: to('ico-11223341') },
  { what: 'the own IČO', to: to('ico-00654329') },
];

const failing = (operation: string, code: string): RefusedMail => ({
  what: `${operation}: ${code} ${classify(code).meaning}`,
  to: to(demoBoxes.builder),
  fault: { kind: 'status', code, operation },
});

const checks: readonly RefusedMail[] = [
  ...ABOUT_THE_BOX.map((code) => failing('CheckDataBox', code)),
  ...ABOUT_THE_SEARCH.map((code) => failing('ISDSSearch3', code)),
  {
    what: 'CheckDataBox: maintenance',
    to: to(demoBoxes.builder),
    fault: { kind: 'http503', operation: 'CheckDataBox' },
  },
];

export const addressing: readonly Section[] = [
  { title: 'Senders', mails: senders },
  { title: 'Recipients', mails: recipients },
  { title: 'Forms of addresses', mails: forms },
  { title: 'What ISDS says of the recipient', mails: checks },
];
