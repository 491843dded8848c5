import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultipartReader, type PartEvent } from '../../src/isds/http/multipart.ts';
import { multipartType } from '../../src/isds/http/multipart-type.ts';
import { BOUNDARY, filePart, multipart } from './attached.ts';

/** Parts put together: their first header and content. */
function read(chunks: readonly Buffer[], boundary = BOUNDARY): string[][] {
  const reader = new MultipartReader(boundary);
  const events: PartEvent[] = chunks.flatMap((chunk) => [...reader.push(chunk)]);
  reader.end();
  const parts: string[][] = [];
  for (const event of events)
    if (event.kind === 'part') parts.push([event.headers.get('content-id') ?? '', '']);
    else {
      const [id = '', content = ''] = parts.pop() ?? [];
      parts.push([id, content + event.octets.toString('latin1')]);
    }
  return parts;
}

const split = (octets: Buffer, points: readonly number[]): Buffer[] => {
  const ends = [...points.toSorted((a, b) => a - b), octets.length];
  return ends.map((end, index) => octets.subarray(ends[index - 1] ?? 0, end));
};

/** Everything that looks like a boundary and is none. */
const NEARLY = [
  `\r\n--${BOUNDARY.slice(0, -1)}`,
  `\n--${BOUNDARY}\r\n`,
  `\r--${BOUNDARY}\r\n`,
  `\r\n-${BOUNDARY}\r\n`,
  `\r\n--${BOUNDARY}x\r\n`,
  `\r\n--${BOUNDARY}-\r\n`,
  `\r\n--${BOUNDARY}--x`,
  `\r\n--${BOUNDARY}\rx`,
  `\r\n\r\n--\r\n`,
  `\r\n--${BOUNDARY}${' '.repeat(17)}\r\n`,
].join('');

describe('a body', () => {
  const body = multipart([filePart('<root/>', '<r>'), filePart(NEARLY), filePart('', '<empty>')]);
  const parts = [
    ['<r>', '<root/>'],
    ['<1>', NEARLY],
    ['<empty>', ''],
  ];

  test('is cut at its boundaries and at nothing that only looks like one', () => {
    expect(read([body])).toEqual(parts);
  });

  test('is the same when it is split at any octet', () => {
    for (let at = 0; at <= body.length; at++) expect(read(split(body, [at])), `at ${at}`).toEqual(parts);
  });

  test('is the same octet by octet and in any chunks', () => {
    expect(read(Array.from(body, (octet) => Buffer.from([octet])))).toEqual(parts);
    const points = fc.uniqueArray(fc.integer({ min: 1, max: body.length - 1 }), { maxLength: 30 });
    fc.assert(
      fc.property(points, (cuts) => {
        expect(read(split(body, cuts))).toEqual(parts);
      }),
    );
  });

  test('carries any octets', () => {
    const piece = fc.oneof(
      fc.constantFrom('\r', '\n', '-', '--', '\r\n--', BOUNDARY, BOUNDARY.slice(0, 3)),
      fc.uint8Array({ maxLength: 5 }).map((octets) => Buffer.from(octets).toString('latin1')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (pieces, length) => {
        const content = pieces.join('');
        fc.pre(!/\r\n--==aB1\?c==(--)?[ \t]*(\r\n|$)/.test(content));
        const octets = multipart([filePart(Buffer.from(content, 'latin1'))]);
        const chunks = Array.from({ length: Math.ceil(octets.length / length) }, (_, index) =>
          octets.subarray(index * length, (index + 1) * length),
        );
        expect(read(chunks)).toEqual([['<1>', content]]);
      }),
    );
  });

  test.each(['--\r\n', '--', '--  \r\n', '\r\n', '', '--\r\n\r\n'])('may end with %j', (end) => {
    expect(read([multipart([filePart('a')], end)])).toEqual([['<1>', 'a']]);
  });

  test('may have empty lines before it, padded boundaries, folded headers and none', () => {
    const octets = `\r\n--b \t\r\nContent-ID:\r\n <1>\r\n\r\na\r\n--b\r\n\r\nb\r\n--b--`;
    expect(read([Buffer.from(octets)], 'b')).toEqual([
      ['<1>', 'a'],
      ['', 'b'],
    ]);
  });
});

describe('a body that breaks off', () => {
  const whole = multipart([filePart('<root/>', '<r>'), filePart('file')], '--');
  const afterFirst = whole.indexOf(`\r\n--${BOUNDARY}`) + 4 + BOUNDARY.length;
  const ends = Array.from({ length: whole.length - 2 }, (_, length) => length);

  test('never ends', () => {
    for (const length of ends.filter((end) => end !== afterFirst && end !== afterFirst + 2))
      expect(() => read([whole.subarray(0, length)]), `after ${length} octets`).toThrow('truncated');
  });

  test('behind a boundary, where nothing shows that more was to come, lacks a part', () => {
    for (const length of [afterFirst, afterFirst + 2]) expect(read([whole.subarray(0, length)])).toHaveLength(1);
  });
});

describe('attack:', () => {
  test('a forged closing boundary in a file does not shorten it unnoticed', () => {
    expect(() => read([multipart([filePart(`a\r\n--${BOUNDARY}--\r\nb`)])])).toThrow('behind the last part');
    expect(() => read([multipart([filePart(`a\r\n--${BOUNDARY}--`)])])).toThrow('behind the last part');
  });

  test('a forged boundary in a file makes one part more, or breaks the body', () => {
    expect(read([multipart([filePart(`a\r\n--${BOUNDARY}\r\n\r\nb`)])])).toHaveLength(2);
    expect(() => read([multipart([filePart(`a\r\n--${BOUNDARY}\r\nb`)])])).toThrow('truncated');
  });

  test.each([
    ['one line', (reader: MultipartReader) => [...reader.push(Buffer.alloc(1024, 'a'))]],
    ['many lines', (reader: MultipartReader) => [...reader.push(Buffer.from(`X${'a: b\r\n'.repeat(200)}`))]],
  ])('headers without end are cut off: %s', (_, more) => {
    const reader = new MultipartReader(BOUNDARY);
    void [...reader.push(Buffer.from(`--${BOUNDARY}\r\n`))];
    expect(() => {
      for (let times = 0; times < 100; times++) more(reader);
    }).toThrow(/headers/);
  });

  test('octets before the first boundary are refused', () => {
    const reader = new MultipartReader(BOUNDARY);
    expect(() => [...reader.push(Buffer.alloc(100_000, 'a'))]).toThrow('before the first part');
  });

  test.each(['no colon', 'a b: c', ': c', 'Content-Id: <2>'])('a header line that is none is refused: %s', (line) => {
    const part = { headers: ['Content-Id: <1>', line], content: 'a' };
    expect(() => read([multipart([part])])).toThrow('headers of a part');
  });
});

test('no more than a boundary is held back while a part streams', () => {
  const reader = new MultipartReader(BOUNDARY);
  void [...reader.push(multipart([filePart('')]).subarray(0, -BOUNDARY.length - 8))];
  let given = 0;
  for (let chunk = 0; chunk < 100; chunk++)
    for (const event of reader.push(Buffer.alloc(64 * 1024, '\r\n--')))
      if (event.kind === 'octets') given += event.octets.length;
  expect(given).toBeGreaterThan(100 * 64 * 1024 - 100);
});

describe('a content type', () => {
  test('names the boundary and the root, quoted or not', () => {
    expect(
      multipartType('multipart/related; start="<rootpart>"; type="application/xop+xml"; boundary="==1=="'),
    ).toEqual({ boundary: '==1==', start: '<rootpart>' });
    expect(multipartType('Multipart/Related;Boundary=abc')).toEqual({ boundary: 'abc', start: undefined });
    expect(multipartType('multipart/related; x="a; boundary=\\"no\\""; boundary="a b"')).toEqual({
      boundary: 'a b',
      start: undefined,
    });
  });

  test.each([
    'text/xml',
    'multipart/mixed; boundary=a',
    'multipart/related',
    'multipart/related; boundary=""',
    `multipart/related; boundary="${'a'.repeat(71)}"`,
    'multipart/related; boundary="a "',
    'multipart/related; boundary="a\r\nb"',
    'multipart/relatedx; boundary=a',
  ])('is none that can be read: %s', (type) => {
    expect(multipartType(type)).toBeUndefined();
  });
});
