import { expect, test } from 'vitest';
import {
  catalogue,
  type Refusal,
  Refused,
  type RefusalReason,
  smtpReply,
  toAscii,
  wordRefusal,
  wordRefusals,
} from '../../src/core/index.ts';

const reasons = Object.keys(catalogue) as RefusalReason[];

test('a text names the fact, the ISDS code and the session', () => {
  const refusal = new Refused('recipient-unknown', { box: 'aydaadk' }, { isdsCode: '1202' });
  expect(wordRefusal(refusal, 'bcdfghjk')).toBe('Datová schránka aydaadk neexistuje. [ISDS 1202] (relace bcdfghjk)');
});

test('what ISDS said follows the text, and nothing when it said nothing', () => {
  expect(wordRefusal(new Refused('isds-refused', { said: 'Věc nesmí být prázdná.' }), 'x')).toContain(
    'ISDS uvádí: Věc nesmí být prázdná.',
  );
  expect(wordRefusal(new Refused('isds-refused', { said: '' }), 'x')).not.toContain('uvádí');
});

const emptyFile = (file: string): Refusal => ({ reason: 'file-empty', facts: { file } });

test('several problems are a line each, and the first is complete by itself', () => {
  const refusal = new Refused('file-empty', { file: 'první.pdf' }, { others: [emptyFile('druhý.pdf')] });
  expect(wordRefusals(refusal, 'bcdf')).toEqual([
    'Soubor „první.pdf“ je prázdný. Vynechte ho. (relace bcdf, celkem problémů: 2)',
    'Soubor „druhý.pdf“ je prázdný. Vynechte ho.',
  ]);
});

test('one problem is one line, and says nothing of others', () => {
  const refusal = new Refused('file-empty', { file: 'první.pdf' }, { others: [] });
  expect(wordRefusals(refusal, 'bcdf')).toEqual([wordRefusal(refusal, 'bcdf')]);
  expect(wordRefusal(refusal, 'bcdf')).toBe('Soubor „první.pdf“ je prázdný. Vynechte ho. (relace bcdf)');
});

test('of very many problems twenty are listed and the rest counted', () => {
  const others = Array.from({ length: 99 }, (_, index) => emptyFile(`${index}.pdf`));
  const lines = wordRefusals(new Refused('file-empty', { file: 'první.pdf' }, { others }), 'bcdf');
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('Další problémy, celkem 80.');
});

test('reply injection: line ends and control characters in a fact become spaces', () => {
  const refusal = new Refused('file-empty', { file: 'a\r\n250 2.0.0 OK\u0000\u2028.pdf' });
  // eslint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(wordRefusal(refusal, 'x')).not.toMatch(/[\u0000-\u001f\u2028]/);
});

test('a long fact is cut', () => {
  expect(wordRefusal(new Refused('file-empty', { file: 'á'.repeat(10_000) }), 'x').length).toBeLessThan(300);
});

test.each(reasons)('%s has a temporary or permanent code in all three places', (reason) => {
  const { code, enhanced } = smtpReply(new Refused(reason));
  expect(String(code)[0]).toBe(enhanced[0]);
  expect(enhanced).toMatch(/^[45]\.\d\.\d{1,3}$/);
  const temporary = catalogue[reason].pop3 === 'SYS/TEMP' || catalogue[reason].pop3 === 'LOGIN-DELAY';
  expect(temporary).toBe(code < 500);
});

test.each(reasons)('%s is worded in ASCII for POP3', (reason) => {
  expect(toAscii(catalogue[reason].text)).toMatch(/^[\x20-\x7e]*$/);
  expect(toAscii(catalogue[reason].text)).not.toContain('?');
});

test('Czech letters lose their marks only', () => {
  expect(toAscii('Příliš žluťoučký kůň „úpěl“ – ďábelské ódy')).toBe('Prilis zlutoucky kun "upel" - dabelske ody');
});
