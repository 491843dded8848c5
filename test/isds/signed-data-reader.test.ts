import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_KEPT_OCTETS } from '../../src/isds/signed/ber-reader.ts';
import { BrokenOriginal } from '../../src/isds/signed/broken-original.ts';
import { SignedDataReader, type SignedRest } from '../../src/isds/signed/signed-data-reader.ts';
import { der, derIdentifier, derInteger, derSequence, derSet, derTagged } from '../../src/sandbox/der.ts';
import { makeSealKey, type SealKey } from '../../src/sandbox/seal-key.ts';
import { makeSigned, type Making } from './cms.ts';

const CONTENT = Buffer.from('<příliš>žluťoučký kůň</příliš>');

let key: SealKey;
beforeAll(async () => {
  key = await makeSealKey(Date.now());
});

function read(...chunks: Buffer[]): { content: Buffer; rest: SignedRest } {
  const reader = new SignedDataReader();
  const content = Buffer.concat(chunks.map((chunk) => reader.push(chunk)));
  return { content, rest: reader.end() };
}

const SHAPES: [string, Making][] = [
  ['DER with the content in one piece', { lengths: 'definite' }],
  ['definite lengths with the content in segments', { lengths: 'definite', segment: 7 }],
  ['indefinite lengths with the content in one piece', {}],
  ['indefinite lengths with the content in segments', { segment: 7 }],
  ['segments of one octet', { segment: 1 }],
  ['segments made of segments', { segment: 7, nested: true }],
];

test.each([100, 200, 1_000, 70_000])('segments of %d octets are read wherever the octets are cut', (segment) => {
  const content = Buffer.from('Příliš žluťoučký kůň. '.repeat(10_000));
  const octets = makeSigned(content, key, { segment });
  fc.assert(
    fc.property(fc.array(fc.nat(octets.length), { maxLength: 20 }), (cuts) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), octets.length];
      const chunks = places.slice(1).map((end, index) => octets.subarray(places[index], end));
      expect(read(...chunks).content.equals(content)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

describe.each(SHAPES)('%s', (_, making) => {
  test('gives the content, its digest, the certificates and the signers', () => {
    const { content, rest } = read(makeSigned(CONTENT, key, making));
    expect(content).toEqual(CONTENT);
    expect(rest.contentType).toBe('1.2.840.113549.1.7.1');
    expect([...rest.digests]).toEqual([['sha256', createHash('sha256').update(CONTENT).digest()]]);
    expect(rest.certificates).toEqual([key.certificate]);
    expect(rest.signers).toHaveLength(1);
  });

  test('is the same when split at any octet, or when it comes octet by octet', () => {
    const octets = makeSigned(CONTENT, key, making);
    const whole = read(octets);
    for (let at = 1; at < octets.length; at++)
      expect(read(octets.subarray(0, at), octets.subarray(at)), `split at ${at}`).toEqual(whole);
    expect(read(...Array.from(octets, (octet) => Buffer.from([octet])))).toEqual(whole);
  });

  test('is refused when cut off anywhere', () => {
    const octets = makeSigned(CONTENT, key, making);
    for (let length = 0; length < octets.length; length++)
      expect(() => read(octets.subarray(0, length)), `after ${length} octets`).toThrow(BrokenOriginal);
  });

  test('is refused with anything behind it', () => {
    const octets = makeSigned(CONTENT, key, making);
    expect(() => read(octets, Buffer.alloc(1))).toThrow(BrokenOriginal);
    expect(() => read(Buffer.concat([octets, Buffer.alloc(1)]))).toThrow(BrokenOriginal);
  });
});

test('another digest of the SHA-2 family is taken where it is named', () => {
  const { rest } = read(makeSigned(CONTENT, key, { digest: 'sha512' }));
  expect([...rest.digests]).toEqual([['sha512', createHash('sha512').update(CONTENT).digest()]]);
});

const SIGNED_DATA = derIdentifier('1.2.840.113549.1.7.2');
const DATA = derIdentifier('1.2.840.113549.1.7.1');
const INDEFINITE = 0x80;

/** SignedData with this in the place of the content and this behind it. */
function around(content: Buffer, ...behind: Buffer[]): Buffer {
  const encapsulated = derSequence(DATA, derTagged(0, content));
  return derSequence(SIGNED_DATA, derTagged(0, derSequence(derInteger(1), derSet(), encapsulated, ...behind)));
}

/** What is thrown beside an orderly refusal. */
function surprise(structure: Buffer): unknown {
  try {
    read(structure);
    return undefined;
  } catch (error) {
    return error instanceof BrokenOriginal ? undefined : error;
  }
}

describe('what is refused', () => {
  const octets = der(0x04, CONTENT);
  const refused: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('not a real CMS structure')],
    ['XML', Buffer.from('<x/>')],
    ['a structure that is not signed data', derSequence(DATA, derTagged(0, derSequence()))],
    ['no signers', around(octets)],
    ['something behind the signers', around(octets, derSet(), derSet())],
    ['content that is no octet string', around(der(0x0c, CONTENT))],
    ['a segment that is no octet string', around(der(0x24, der(0x0c, CONTENT)))],
    ['a second octet string beside the content', around(Buffer.concat([octets, octets]), derSet())],
    ['an element longer than what it stands in', Buffer.from([0x30, 0x04, 0x06, 0x09, 0x2a, 0x86])],
    ['a length of five octets', Buffer.from([0x30, 0x85, 0, 0, 0, 0, 9])],
    ['a primitive element of indefinite length', around(Buffer.from([0x04, INDEFINITE, 0, 0]), derSet())],
    ['an end mark within a definite length', around(octets, derTagged(0, Buffer.alloc(2)), derSet())],
    ['an end mark with content', Buffer.from([0x30, INDEFINITE, 0, 1, 0])],
    ['a tag of more than one octet', Buffer.from([0x3f, 0x81, 0x01, 0])],
    [
      'digest algorithms that are no sequences',
      derSequence(SIGNED_DATA, derTagged(0, derSequence(derInteger(1), derSet(DATA)))),
    ],
  ];

  test.each(refused)('%s', (_, structure) => {
    expect(() => read(structure)).toThrow(BrokenOriginal);
  });

  test('attack: certificates that are never closed, nested without end', () => {
    const opened = Buffer.concat(Array<Buffer>(100_000).fill(Buffer.from([0x30, INDEFINITE])));
    const start = Buffer.concat([
      Buffer.from([0x30, INDEFINITE]),
      SIGNED_DATA,
      Buffer.from([0xa0, INDEFINITE, 0x30, INDEFINITE]),
    ]);
    const before = Buffer.concat([derInteger(1), derSet(), derSequence(DATA, derTagged(0, octets))]);
    expect(() => read(start, before, Buffer.from([0xa0, INDEFINITE]), opened)).toThrow('nested too deeply');
  });

  test('attack: content nested without end', () => {
    const opened = Buffer.concat(Array<Buffer>(100_000).fill(Buffer.from([0x24, INDEFINITE])));
    const open = Buffer.from([0x30, INDEFINITE]);
    const tagged = Buffer.from([0xa0, INDEFINITE]);
    const start = [open, SIGNED_DATA, tagged, open, derInteger(1), derSet(), open, DATA, tagged];
    expect(() => read(...start, opened)).toThrow(BrokenOriginal);
  });

  test('attack: certificates without measure are not collected, announced at once or one after the other', () => {
    expect(() => read(around(octets, derTagged(0, der(0x30, Buffer.alloc(MAX_KEPT_OCTETS + 1)))))).toThrow('too much');
    const many = Array<Buffer>(5).fill(der(0x30, Buffer.alloc(MAX_KEPT_OCTETS / 4)));
    expect(() => read(around(octets, derTagged(0, many)))).toThrow('too much');
  });

  test('attack: thousands of certificates, each of which would be taken apart', () => {
    const many = Array<Buffer>(5_000).fill(der(0x30, Buffer.alloc(2)));
    expect(() => read(around(octets, derTagged(0, many)))).toThrow('too many certificates');
  });

  test('attack: octets at random, and a sound structure with octets changed at random', () => {
    const sound = makeSigned(CONTENT, key, { segment: 7 });
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
        expect(surprise(Buffer.from(array))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(changes, (list) => {
        const changed = Buffer.from(sound);
        for (const [at, octet] of list) changed[at] = octet;
        expect(surprise(changed)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});
