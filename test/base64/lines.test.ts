import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EncodedLines, NotBase64, RewrappedLines } from '../../src/base64/index.ts';

function rewrapped(pieces: readonly Buffer[]): string {
  const lines = new RewrappedLines();
  return Buffer.concat([...pieces.map((piece) => lines.push(piece)), lines.end()]).toString('latin1');
}

function cut(octets: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((place) => place % (octets.length + 1)).toSorted((a, b) => a - b), octets.length];
  return places.slice(1).map((end, index) => octets.subarray(places[index], end));
}

test('content comes out in lines of 76 and decodes to what was sent, wherever the pieces are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.array(fc.nat(), { maxLength: 5 }), (content, cuts) => {
      const sent = Buffer.from(content);
      const text = rewrapped(cut(Buffer.from(sent.toString('base64')), cuts));
      expect(Buffer.from(text, 'base64')).toEqual(sent);
      const lines = text.split('\r\n');
      expect(lines.pop()).toBe('');
      expect(lines.slice(0, -1).every((line) => line.length === 76)).toBe(true);
    }),
  );
});

test('whole lines come out the same at even and odd places of memory, with white space and behind pieces of any length', () => {
  const spaces = fc.constantFrom('', ' ', '\r\n', '\t');
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 100, maxLength: 2_000 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(), spaces), { maxLength: 3 }),
      (content, cuts, inserted) => {
        const base64 = Buffer.from(content).toString('base64');
        let text = base64;
        for (const [place, space] of inserted) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + space + text.slice(at);
        }
        const wrapped = base64.replace(/.{1,76}/g, '$&\r\n');
        expect(rewrapped(cut(Buffer.from(text), cuts))).toBe(wrapped);
      },
    ),
    { numRuns: 500 },
  );
});

test('a foreign octet in the middle of many whole lines is found', () => {
  const lines = Buffer.from('QUJD'.repeat(1_000));
  for (const at of [0, 75, 76, 1_999, 3_999]) {
    const spoiled = Buffer.from(lines);
    spoiled[at] = '<'.charCodeAt(0);
    expect(() => rewrapped([spoiled])).toThrow(NotBase64);
  }
});

test('the white space of the sender is dropped', () => {
  expect(rewrapped([Buffer.from('RG9i\r\ncsO9\n IGRl\tbg==\n')])).toBe('RG9icsO9IGRlbg==\r\n');
});

test.each(['RG9i<x/>', 'RG9i--=_postolka_1', 'RG9icw=', 'RG9i=cw=', 'RG9', 'RG9i====', 'RG9iš'])(
  'boundary injection: %j is no base64 and never becomes part of a mail',
  (text) => {
    expect(() => rewrapped([Buffer.from(text)])).toThrow(NotBase64);
  },
);

test('an empty file is an empty part', () => {
  expect(rewrapped([])).toBe('');
});

test('octets of any kind become the same lines wherever the pieces are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(), { maxLength: 5 }), (content, cuts) => {
      const lines = new EncodedLines();
      const pieces = cut(Buffer.from(content), cuts).map((piece) => lines.push(piece));
      const wrapped = Buffer.from(content)
        .toString('base64')
        .replace(/.{1,76}/g, '$&\r\n');
      expect(Buffer.concat([...pieces, lines.end()]).toString()).toBe(wrapped);
    }),
    { numRuns: 500 },
  );
});
