/** The small parts of the room by themselves: reply lines and the time budget. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { replyLines } from '../../src/smtp/replies.ts';
import { withinBudget } from '../../src/smtp/time-budget.ts';

const open = new AbortController().signal;
const endless = () => new Promise<never>(() => undefined);
const ROOM = 512 - '550-5.999.999 \r\n'.length;

test('a short text is one line, an empty one too', () => {
  expect(replyLines('Soubor je prázdný.')).toEqual(['Soubor je prázdný.']);
  expect(replyLines('')).toEqual(['']);
});

test('a long text breaks at blanks', () => {
  const text = 'příliš žluťoučký kůň '.repeat(60).trimEnd();
  const lines = replyLines(text);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(' ')).toBe(text);
});

test('a text of several lines keeps them', () => {
  expect(replyLines('Soubor je prázdný.\nJiný nemá příponu.')).toEqual(['Soubor je prázdný.', 'Jiný nemá příponu.']);
});

test('no line is longer than SMTP allows, and no character is torn, whatever the text', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 400 }).map((text) => text.replaceAll(/[ \n]/g, ''));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const lines = replyLines(words.join(' '));
      expect(lines.every((line) => Buffer.byteLength(line) <= ROOM)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
    }),
  );
});

test('an answer within the budget is the answer', async () => {
  await expect(withinBudget(10_000, open, async () => 'ano')).resolves.toBe('ano');
});

test('a refusal within the budget stays what it is', async () => {
  const refusal = new Error('ne');
  await expect(withinBudget(10_000, open, () => Promise.reject(refusal))).rejects.toBe(refusal);
});

test('work that does not end is given up, even when it ignores its signal', async () => {
  await expect(withinBudget(1, open, endless)).rejects.toMatchObject({ reason: 'isds-unreachable' });
});

test('the end of the connection ends the work', async () => {
  const connection = new AbortController();
  let told = false;
  const answer = withinBudget(10_000, connection.signal, (signal) => {
    signal.addEventListener('abort', () => (told = true));
    return endless();
  });
  connection.abort();
  await expect(answer).rejects.toMatchObject({ reason: 'isds-unreachable' });
  expect(told).toBe(true);
});
