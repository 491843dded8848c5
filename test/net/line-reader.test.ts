/** Lines: ends, limits and every way the network can cut them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineReader, type Line } from '../../src/net/index.ts';

function linesOf(chunks: readonly Buffer[], longest = 20): string[] {
  const reader = new LineReader();
  const lines: string[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let line = reader.next(longest); line !== undefined; line = reader.next(longest)) lines.push(shown(line));
  }
  return lines;
}

function shown(line: Line): string {
  return line === 'overlong' ? '<overlong>' : line.toString('latin1');
}

test('CRLF ends a line, and so does a bare LF', () => {
  expect(linesOf([Buffer.from('STAT\r\nLIST\nQUIT\r\n')])).toEqual(['STAT', 'LIST', 'QUIT']);
});

test('a line without its end is no line yet', () => {
  expect(linesOf([Buffer.from('STAT\r')])).toEqual([]);
});

test('NUL, a lone CR and eight-bit octets stay in the line for the grammar to see', () => {
  expect(linesOf([Buffer.from('a\0b\rc\xe9\r\r\n', 'latin1')])).toEqual(['a\0b\rc\xe9\r']);
});

test('a line of exactly the longest length passes, one octet more is overlong', () => {
  expect(linesOf([Buffer.from(`${'x'.repeat(20)}\r\n${'y'.repeat(21)}\r\nz\r\n`)])).toEqual([
    'x'.repeat(20),
    '<overlong>',
    'z',
  ]);
});

test('the CR of a line end does not count against the limit, even when the LF comes later', () => {
  expect(linesOf([Buffer.from(`${'x'.repeat(20)}\r`), Buffer.from('\n')])).toEqual(['x'.repeat(20)]);
});

test('an overlong line is reported once, at its end, however long it is', () => {
  const piece = Buffer.alloc(1000, 'x');
  expect(linesOf([...Array.from({ length: 50 }, () => piece), Buffer.from('\r\nNOOP\r\n')])).toEqual([
    '<overlong>',
    'NOOP',
  ]);
});

test('a line of 32 MiB leaves no trace in memory', () => {
  const reader = new LineReader();
  const piece = Buffer.alloc(65_536, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 512; i++) {
    reader.push(piece);
    reader.next(253);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
});

test('the beginning of a line does not keep in memory the chunk that it came with', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const reader = new LineReader();
  const chunk = new WeakRef(readTo(reader, 'NOOP\r\nRET').buffer);
  await new Promise(setImmediate);
  collectGarbage();
  expect(chunk.deref()).toBeUndefined();
  reader.push(Buffer.from('R 1\r\n'));
  expect(reader.next(253)?.toString()).toBe('RETR 1');
});

/** Gives a reader a large chunk that ends so, and reads all its lines. */
function readTo(reader: LineReader, end: string): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(65_536, 'NOOP\r\n'), Buffer.from('\r\n'), Buffer.from(end)]);
  reader.push(chunk);
  while (reader.next(253) !== undefined);
  return chunk;
}

test('the cuts between chunks change nothing', () => {
  const piece = fc.constantFrom('\r\n', '\n', '\r', 'a', 'STAT', 'x'.repeat(19), 'y'.repeat(30), '\0');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat({ max: 300 }), { maxLength: 20 }),
      (pieces, cuts) => {
        const whole = Buffer.from(pieces.join(''), 'latin1');
        expect(linesOf(cutAt(whole, cuts))).toEqual(linesOf([whole]));
        expect(linesOf(Array.from(whole, (octet) => Buffer.from([octet])))).toEqual(linesOf([whole]));
      },
    ),
  );
});

test.each(['QUIT\r\nDELE 1\r\n', 'QU', 'x'.repeat(100)])('discarding forgets "%s"', (text) => {
  const reader = new LineReader();
  reader.push(Buffer.from(`STAT\r\n${text}`));
  reader.next(20);
  if (!text.includes('\r\n')) reader.next(20);
  reader.discard();
  reader.push(Buffer.from('NOOP\r\n'));
  expect(reader.next(20)?.toString()).toBe('NOOP');
  expect(reader.lineStart).toBe(6 + text.length);
  expect(reader.next(20)).toBeUndefined();
});

test('a line tells where in the stream it began', () => {
  const reader = new LineReader();
  reader.push(Buffer.from('STAT\r\nRETR 1\r\n'));
  reader.next(20);
  expect(reader.lineStart).toBe(0);
  reader.next(20);
  expect(reader.lineStart).toBe(6);
  expect(reader.received).toBe(14);
  reader.push(Buffer.alloc(50, 'x'));
  reader.next(20);
  reader.push(Buffer.from('\r\n'));
  expect(reader.next(20)).toBe('overlong');
  expect(reader.lineStart).toBe(14);
});

function cutAt(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const borders = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].toSorted((a, b) => a - b);
  return borders.slice(1).map((border, index) => whole.subarray(borders[index], border));
}
