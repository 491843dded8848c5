import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { octetsOf } from '../../src/sandbox/index.ts';
import { ContentLifter, type Lifted } from '../../src/sandbox/content-lifter.ts';
import { readMediaType } from '../../src/sandbox/media-type.ts';
import { MultipartReader } from '../../src/sandbox/multipart-reader.ts';
import { Spool, Spools } from '../../src/sandbox/spool.ts';
import { readXml } from '../../src/sandbox/xml-reader.ts';

const spools = new Spools();
afterAll(() => spools.closeAll());

/** The same octets in pieces of these sizes, over and over. */
function* cut(octets: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let start = 0, turn = 0; start < octets.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield octets.subarray(start, start + size);
    start += size;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 4 });

function lift(document: string, pieces: readonly number[]) {
  const lifter = new ContentLifter(spools, []);
  for (const piece of cut(Buffer.from(document), pieces)) lifter.write(piece);
  return lifter.end();
}

const LONG = randomBytes(90_000);
const BASE64 = LONG.toString('base64');
const DOCUMENT = `<?xml version="1.0"?><a x="1 > 0"><!-- don't > --><b>${BASE64}</b><c y='"'>krátký – text</c><b> ${BASE64}\r\n</b></a>`;

test('long texts are lifted out wherever the document is cut, the rest is read as before', () => {
  fc.assert(
    fc.property(sizes, (pieces) => {
      const { rest, lifted } = lift(DOCUMENT, pieces);
      const root = readXml(rest, lifted);
      expect(root.children.map(({ name }) => name)).toEqual(['b', 'c', 'b']);
      expect(root.children[1]?.text.join('')).toBe('krátký – text');
      for (const index of [0, 2]) {
        const content = root.children[index]?.content;
        expect(content instanceof Spool && octetsOf(content).equals(LONG)).toBe(true);
      }
      expect(rest.length).toBeLessThan(200);
      spools.closeAll();
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['a foreign character', `<a>${BASE64}*</a>`],
  ['a comment in the middle', `<a>${BASE64}<!-- -->${BASE64}</a>`],
  ['a short text behind a comment', `<a>QUJD<!-- -->${BASE64}</a>`],
  ['a broken end', `<a>${BASE64}A</a>`],
])('a long text with %s is no content', (_, document) => {
  const { rest, lifted } = lift(document, [65_536]);
  expect(readXml(rest, lifted).content).toBe('not base64');
});

/** Names and lengths of the content, lifted or not; or that the document is refused. */
function readChildren(octets: Buffer, lifted?: ReadonlyMap<number, Lifted>) {
  try {
    return readXml(octets, lifted).children.map(({ name, content, text }) => ({
      name,
      octets: content instanceof Spool ? content.length : Buffer.from(text.join(''), 'base64').length,
    }));
  } catch {
    return 'refused';
  }
}

test.each(['<!-->', '<!--->', '<!---->', "<!-- '> -->", '<!-- -- > -->', '<e f="<!--"/>', "<e f='>'/>", '<?e "?>'])(
  'attack: lifter and reader agree where %s ends',
  (markup) => {
    const document = Buffer.from(`<r>${markup}<a>${BASE64}</a></r>`);
    const { rest, lifted } = lift(document.toString(), [1_000]);
    expect(readChildren(rest, lifted)).toEqual(readChildren(document));
  },
);

test('attack: markup without end does not fill the memory', () => {
  const lifter = new ContentLifter(spools, []);
  const piece = Buffer.from('<a b="x">'.repeat(10_000));
  expect(() => {
    for (let count = 0; count < 1_000; count++) lifter.write(piece);
  }).toThrow('too much besides the content');
});

test('parts come out as they are wherever the body is cut', () => {
  const contents = [Buffer.alloc(0), Buffer.from('\r\n--b\r'), Buffer.from('\r\n--bb\r\n'), LONG, Buffer.from('\r\n')];
  const pieces = contents.map((content, index) => [
    Buffer.from(`--b \t\r\nContent-ID: <${index}>\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([Buffer.from('úvod\r\n'), ...pieces.flat(), Buffer.from('--b--dovětek')]);
  fc.assert(
    fc.property(sizes, (at) => {
      const parts: Buffer[][] = [];
      const reader = new MultipartReader('b', (head) => {
        expect(head.get('content-id')).toBe(`<${parts.length}>`);
        const octets: Buffer[] = [];
        parts.push(octets);
        return { write: (piece) => void octets.push(Buffer.from(piece)) };
      });
      for (const piece of cut(body, at)) reader.write(piece);
      expect(reader.isComplete).toBe(true);
      expect(parts.map((octets) => Buffer.concat(octets))).toEqual(contents);
    }),
    { numRuns: 50 },
  );
});

test('one octet at a time, no part is lost and none is complete too early', () => {
  const body = Buffer.from('--b\r\n\r\nobsah\r\n--b\r\nA: b\r\n\r\n\r\n--b--');
  const seen: string[] = [];
  const reader = new MultipartReader('b', () => {
    const index = seen.push('') - 1;
    return { write: (piece) => void (seen[index] += piece.toString()) };
  });
  for (const [index, octet] of body.entries()) {
    reader.write(Buffer.from([octet]));
    expect(reader.isComplete).toBe(index === body.length - 1);
  }
  expect(seen).toEqual(['obsah', '']);
});

test.each([
  ['multipart/related; boundary="=_a;b"; TYPE=x/y', 'multipart/related', { boundary: '=_a;b', type: 'x/y' }],
  ['Text/XML;charset=utf-8', 'text/xml', { charset: 'utf-8' }],
  ['a/b; c="d\\"e"', 'a/b', { c: 'd"e' }],
])('%s is a media type', (text, type, parameters) => {
  const media = readMediaType(text);
  expect([media?.type, Object.fromEntries(media?.parameters ?? [])]).toEqual([type, parameters]);
});

test.each(['', 'text', 'a/b; c', 'a/b; c="d', 'a/b; c=1; C=2', `a/b; c="${'\\'.repeat(10_000)}`])(
  'attack: %s is none',
  (text) => {
    expect(readMediaType(text)).toBeUndefined();
  },
);

test('a closed spool is not read, whoever has its number now', () => {
  const spool = spools.open();
  spool.write(Buffer.from('obsah'));
  expect([...spool.pieces()].join('')).toBe('obsah');
  spool.close();
  const other = spools.open();
  other.write(Buffer.from('cizí obsah'));
  expect(() => [...spool.pieces()]).toThrow('closed');
});
