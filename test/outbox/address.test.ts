/** What may stand in front of the @ of a recipient. */
import { expect, test } from 'vitest';
import { isIco } from '../../src/core/index.ts';
import { parseRecipientAddress } from '../../src/outbox/address.ts';

const domain = 'datovka.example.cz';
const box = { boxId: 'aydaadk' };
const ico = { ico: '00064581' };

test.each([
  ['aydaadk', { target: box, options: {} }],
  ['AydAAdk', { target: box, options: {} }],
  ['aydaadk+vr', { target: box, options: { personalDelivery: true } }],
  ['aydaadk+VR', { target: box, options: { personalDelivery: true } }],
  ['aydaadk+kr=Novak', { target: box, options: { toHands: 'Novak' } }],
  ['aydaadk+KR=Jan_Novak', { target: box, options: { toHands: 'Jan Novak' } }],
  ['aydaadk+kr=jan.novak', { target: box, options: { toHands: 'jan novak' } }],
  ['aydaadk+kr=Ing._Jan_Novak', { target: box, options: { toHands: 'Ing Jan Novak' } }],
  ['aydaadk+kr=a=b', { target: box, options: { toHands: 'a=b' } }],
  [`aydaadk+kr=${'x'.repeat(30)}`, { target: box, options: { toHands: 'x'.repeat(30) } }],
  ['aydaadk+vr+kr=Jan_Novak', { target: box, options: { personalDelivery: true, toHands: 'Jan Novak' } }],
  ['aydaadk+kr=Jan_Novak+vr', { target: box, options: { personalDelivery: true, toHands: 'Jan Novak' } }],
  ['ico-00064581', { target: ico, options: {} }],
  ['ICO-00064581+vr', { target: ico, options: { personalDelivery: true } }],
])('%s', (local, expected) => {
  expect(parseRecipientAddress(`${local}@${domain}`, domain)).toEqual(expected);
  expect(parseRecipientAddress(`${local}@${domain.toUpperCase()}`, domain)).toEqual(expected);
});

test.each([
  ['aydaadk', 'recipient-foreign'],
  ['aydaadk@jinde.cz', 'recipient-foreign'],
  [`aydaadk@${domain}@jinde.cz`, 'recipient-foreign'],
  [`aydaadk@pod.${domain}`, 'recipient-foreign'],
  [`@${domain}`, 'recipient-malformed'],
  [`+vr@${domain}`, 'recipient-malformed'],
  [`novak@${domain}`, 'recipient-malformed'],
  [`aydaadl@${domain}`, 'recipient-malformed'],
  [`aydaadk @${domain}`, 'recipient-malformed'],
  [`aydaadk@x@${domain}`, 'recipient-malformed'],
  [`ico-00064582@${domain}`, 'recipient-ico-malformed'],
  [`ico-64581@${domain}`, 'recipient-ico-malformed'],
  [`ico-@${domain}`, 'recipient-ico-malformed'],
  [`00064581@${domain}`, 'recipient-malformed'],
  [`aydaadk+@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+rychle@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+vr=ano@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+vr+vr@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+kr@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+kr=Novak+kr=Novakova@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+__proto__=x@${domain}`, 'recipient-option-unknown'],
  [`aydaadk+kr=@${domain}`, 'recipient-name-malformed'],
  [`aydaadk+kr=_@${domain}`, 'recipient-name-malformed'],
  [`aydaadk+kr=Novák@${domain}`, 'recipient-name-malformed'],
  [`aydaadk+kr=${'x'.repeat(31)}@${domain}`, 'recipient-name-malformed'],
])('%s is refused as %s', (address, reason) => {
  expect(() => parseRecipientAddress(address, domain)).toThrow(reason);
});

test('an option that is not known is named, and so are those that are', () => {
  const facts = expect.objectContaining({ option: '+dodejka', known: '+vr, +kr=Jan_Novak' });
  expect(() => parseRecipientAddress(`aydaadk+vr+dodejka@${domain}`, domain)).toThrow(
    expect.objectContaining({ facts }),
  );
});

/** Of well-known organisations, whose last digits cover the two special remainders; then all wrong last digits of one. */
test.each(['00064581', '00006947', '45274649', '27082440', '26168685', '00000019'])('%s is an IČO', (number) => {
  expect(isIco(number)).toBe(true);
});

test('no other last digit makes an IČO', () => {
  const numbers = Array.from({ length: 10 }, (_, digit) => `4527464${digit}`);
  expect(numbers.filter(isIco)).toEqual(['45274649']);
});
