import { describe, expect, test } from 'vitest';
import {
  catalogue,
  phrases,
  pop3ResponseCode,
  type Refusal,
  type RefusalClass,
  Refused,
  type RefusalReason,
  smtpReply,
  toAscii,
  Wording,
  type Words,
} from '../../src/refusals/index.ts';

const reasons = Object.keys(catalogue) as RefusalReason[];
const czech = new Wording('cs');
const english = new Wording('en');

test('a text names the fact, the ISDS code and the session', () => {
  const refusal = new Refused('recipient-malformed', { address: 'urad@ds.cz' }, { isdsCode: '2011' });
  expect(czech.refusal(refusal, 'bcdfghjk')).toBe(
    'urad@ds.cz není ID datové schránky (sedm znaků s kontrolním znakem). Zkontrolujte překlep. [ISDS 2011] (relace bcdfghjk)',
  );
  expect(english.refusal(refusal, 'bcdfghjk')).toBe(
    'urad@ds.cz is not the ID of a data box (seven characters with a check character). Look for a typing error. [ISDS 2011] (session bcdfghjk)',
  );
});

test('what ISDS said follows the text, and nothing when it said nothing', () => {
  const said = new Refused('isds-refused', { said: 'Věc nesmí být prázdná.' });
  expect(czech.refusal(said, 'x')).toContain('ISDS uvádí: Věc nesmí být prázdná.');
  expect(english.refusal(said, 'x')).toContain('ISDS says: Věc nesmí být prázdná.');
  expect(czech.refusal(new Refused('isds-refused', { said: '' }), 'x')).not.toContain('uvádí');
});

test('a fact that is words is said in the language, a number is written as the language writes it', () => {
  const damaged = new Refused('archive-damaged', { file: 'a.zip', problem: { cs: 'není úplný', en: 'it is cut' } });
  expect(czech.text(damaged)).toBe('Archiv „a.zip“ je poškozen: není úplný. Vytvořte ho znovu.');
  expect(english.text(damaged)).toBe('Archive “a.zip” is damaged: it is cut. Make it again.');
  const large = new Refused('files-too-large', { size: 20.1, limit: 20 });
  expect(czech.text(large)).toContain('20,1 MB, dovoleno je 20 MB');
  expect(english.text(large)).toContain('20.1 MB together, 20 MB are allowed');
});

test('a day is the day in Prague', () => {
  const moment = new Date('2026-11-30T23:30:00Z');
  expect(czech.day(moment)).toBe('1. prosince 2026');
  expect(english.day(moment)).toBe('1 December 2026');
});

const emptyFile = (file: string): Refusal => ({ reason: 'file-empty', facts: { file } });

test('several problems are a line each, and the first is complete by itself', () => {
  const refusal = new Refused('file-empty', { file: 'první.pdf' }, { others: [emptyFile('druhý.pdf')] });
  expect(czech.refusals(refusal, 'bcdf')).toEqual([
    'Soubor „první.pdf“ je prázdný. Vynechte ho. (relace bcdf, celkem problémů: 2)',
    'Soubor „druhý.pdf“ je prázdný. Vynechte ho.',
  ]);
  expect(english.refusals(refusal, 'bcdf')).toEqual([
    'File “první.pdf” is empty. Leave it out. (session bcdf, problems in all: 2)',
    'File “druhý.pdf” is empty. Leave it out.',
  ]);
});

test('one problem is one line, and says nothing of others', () => {
  const refusal = new Refused('file-empty', { file: 'první.pdf' }, { others: [] });
  expect(czech.refusals(refusal, 'bcdf')).toEqual(['Soubor „první.pdf“ je prázdný. Vynechte ho. (relace bcdf)']);
});

test('of very many problems twenty are listed and the rest counted', () => {
  const others = Array.from({ length: 99 }, (_, index) => emptyFile(`${index}.pdf`));
  const lines = czech.refusals(new Refused('file-empty', { file: 'první.pdf' }, { others }), 'bcdf');
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('Další problémy, celkem 80.');
});

test('reply injection: line ends and control characters in a fact become spaces', () => {
  const hostile = 'a\r\n250 2.0.0 OK\u0000\u2028.pdf';
  // eslint-disable-next-line no-control-regex -- control characters are what must not be there
  const control = /[\u0000-\u001f\u2028]/;
  expect(czech.refusal(new Refused('file-empty', { file: hostile }), 'x')).not.toMatch(control);
  expect(czech.say('files-left-out', { names: hostile })).not.toMatch(control);
});

test('a long fact is cut', () => {
  expect(czech.refusal(new Refused('file-empty', { file: 'á'.repeat(10_000) }), 'x').length).toBeLessThan(300);
});

test.each(reasons)('%s has a temporary or permanent code in all three places', (reason) => {
  const { code, enhanced } = smtpReply(new Refused(reason));
  expect(String(code)[0]).toBe(enhanced[0]);
  expect(enhanced).toMatch(/^[45]\.\d\.\d{1,3}$/);
  const waits: readonly RefusalClass[] = ['throttled', 'temporary'];
  expect(waits.includes(catalogue[reason].class)).toBe(code < 500);
  expect(['SYS/TEMP', 'LOGIN-DELAY'].includes(pop3ResponseCode(new Refused(reason)))).toBe(code < 500);
});

test.each(reasons)('%s says what happened and what to do', (reason) => {
  const sentences = /[^.]{10,}[.;:][^.]{5,}\./s;
  expect(catalogue[reason].cs).toMatch(sentences);
  expect(catalogue[reason].en).toMatch(sentences);
});

describe.each([...Object.entries<Words>(catalogue), ...Object.entries<Words>(phrases)])('%s', (_name, { cs, en }) => {
  test('has the same facts in both languages', () => {
    expect(placeholders(en)).toEqual(placeholders(cs));
  });

  test('is worded in ASCII for POP3', () => {
    for (const text of [cs, en]) expect(toAscii(text)).toMatch(/^[^?]*$/);
  });

  test('is English in English', () => {
    expect(en).not.toBe(cs);
    expect(en.replace(/[“”]/g, '')).toMatch(/^[\x20-\x7e]*$/);
  });
});

function placeholders(text: string): string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).toSorted();
}

test('Czech letters lose their marks only', () => {
  expect(toAscii('Příliš žluťoučký kůň „úpěl“ – ďábelské ódy')).toBe('Prilis zlutoucky kun "upel" - dabelske ody');
  expect(toAscii('d’Artagnan dluží 5\u00a0€ … viz §\u00a012, Łódź')).toBe(
    "d'Artagnan dluzi 5 EUR ... viz par. 12, Lodz",
  );
});
