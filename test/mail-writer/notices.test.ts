import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { boxStateText, envelopeOnlyNotice, withheldNotice } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

const undelivered = { state: 4, deliveredAt: undefined } as const;
const session = 's-1';

function withheld(isdsCode: string): string {
  return withheldNotice(new Refused('content-gone', { said: 'Zpráva není.' }, { isdsCode }), session);
}

test('where it is not known whether the sender excluded fiction, the notice says so', () => {
  expect(envelopeOnlyNotice(envelopeOf({ ...undelivered, allowSubstDelivery: undefined }), 0)).toContain(
    'fikcí s koncem dne 30. 11. 2026, pokud to odesílatel nevyloučil;',
  );
});

test('where fiction is excluded, the notice names no day', () => {
  const notice = envelopeOnlyNotice(envelopeOf({ ...undelivered, allowSubstDelivery: false }), 0);
  expect(notice).toContain('Doručení fikcí odesílatel vyloučil.');
  expect(notice).not.toContain('2026');
});

test('of a system message no fiction is told: some are delivered so, others are not', () => {
  expect(envelopeOnlyNotice(envelopeOf({ ...undelivered, senderType: 0 }), 0)).not.toContain('fikc');
});

test('a login that may see lists only: who may read, and that looking delivered nothing', () => {
  const notice = envelopeOnlyNotice(envelopeOf(undelivered), 0);
  expect(notice).toContain('Co se stalo: Tento účet smí vidět seznam zpráv, ale ne jejich obsah.');
  expect(notice).toContain('načtení tímto účtem ji nedoručuje');
  expect(notice).toContain('fikcí s koncem dne 30. 11. 2026');
  expect(notice).toContain('Co dělat: Obsah si může přečíst oprávněná osoba');
});

test('a message for personal delivery is told from a login that may not read at all', () => {
  const notice = envelopeOnlyNotice(envelopeOf({ ...undelivered, personalDelivery: true }), 0);
  expect(notice).toContain('Co se stalo: Zpráva je určena do vlastních rukou');
});

test.each([
  ['by somebody else', {}, 'Zpráva je doručena: v době uvedené výše se přihlásila jiná oprávněná osoba.'],
  ['by fiction', { state: 5 }, 'Zpráva je doručena fikcí v době uvedené výše.'],
  ['nobody knows how', { state: 0, deliveredAt: undefined }, 'Zda je zpráva doručena, není z dostupných údajů vidět.'],
])('an envelope of a message delivered %s says so', (_, changes, sentence) => {
  expect(envelopeOnlyNotice(envelopeOf(changes), 0)).toContain(`Co to znamená: ${sentence}`);
});

test.each([
  ['1178', 'výhradně do vlastních rukou'],
  ['1207', 'Tento účet nesmí číst obsah žádných zpráv.'],
  ['1208', 'Zpráva je určena do vlastních rukou'],
  ['1210', 'Obsah této zprávy v ISDS už není'],
  ['1219', 'Obsah této zprávy v ISDS už není'],
  ['1230', 'nedoručitelná'],
  ['1244', 'škodlivý kód'],
  ['3022', 'zablokoval stažení'],
])('content withheld with %s is explained: %s', (code, words) => {
  const notice = withheld(code);
  expect(notice).toContain(words);
  expect(notice).toContain(`(Kód ISDS ${code}.)`);
  expect(notice).toMatch(/^Co se stalo: .+\n\nCo to znamená: .+\n\nCo dělat: .+\n$/);
  expect(notice).not.toContain(session);
});

test('content withheld for another reason is explained in the words of the refusal, with the session for support', () => {
  const notice = withheld('1211');
  expect(notice).toContain('ISDS uvádí: Zpráva není. [ISDS 1211] (relace s-1)');
  expect(notice).toContain('Co dělat: Otevřete zprávu na portálu datových schránek');
});

test('each inaccessible state of a box has words that say what still works', () => {
  expect(boxStateText(2)).toMatch(/dočasně znepřístupněna\. Zprávy, které v ní jsou, lze číst\. Odesílat z ní nelze/);
  expect(boxStateText(3)).toContain('ještě není zpřístupněna');
  expect(boxStateText(4)).toContain('trvale znepřístupněna');
  expect(boxStateText(5)).toContain('zrušena');
  expect(boxStateText(6)).toContain('ze zákona');
});

test('an accessible box and an unknown state need no words', () => {
  expect([boxStateText(1), boxStateText(0), boxStateText(99)]).toEqual([undefined, undefined, undefined]);
});

test('no notice has a link', () => {
  const notices = [
    envelopeOnlyNotice(envelopeOf(undelivered), 0),
    ...['1178', '1219', '1230', '1244', '3022', '1211'].map(withheld),
    ...[2, 3, 4, 5, 6].map((state) => boxStateText(state) ?? ''),
  ];
  for (const notice of notices) expect(notice).not.toMatch(/https?:|www\.|\.cz/);
});
