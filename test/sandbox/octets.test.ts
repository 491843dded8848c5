import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Base64Decoder, base64Length, decodeBase64, encodeBase64 } from '../../src/sandbox/base64.ts';
import { completeBoxId, isBoxId } from '../../src/sandbox/box-id.ts';
import { formatTime, parseTime } from '../../src/sandbox/czech-time.ts';
import { readXml } from '../../src/sandbox/xml-reader.ts';
import { decodeText, escapeAttribute, escapeText } from '../../src/sandbox/xml-text.ts';
import { gather } from '../../src/sandbox/xml-writer.ts';

const octets = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

test('base64 comes back as it went, with line breaks and without', () => {
  fc.assert(
    fc.property(octets, fc.boolean(), (content, lineBreaks) => {
      const text = [...encodeBase64([content], lineBreaks)].join('');
      expect(text).toHaveLength(base64Length(content.length, lineBreaks));
      expect(decodeBase64(Buffer.from(text))?.equals(content)).toBe(true);
    }),
  );
});

test('base64 of pieces is that of the whole, wherever it is split', () => {
  const whole = Buffer.from('Příliš žluťoučký kůň');
  for (let place = 0; place <= whole.length; place++) {
    const pieces = [whole.subarray(0, place), whole.subarray(place)];
    expect([...encodeBase64(pieces)].join('')).toBe(whole.toString('base64'));
  }
});

test('base64 of many large pieces is that of the whole', () => {
  const pieces = [1, 58_368, 58_369, 200_000, 2].map((length, index) => Buffer.alloc(length, index + 65));
  for (const lineBreaks of [false, true]) {
    const text = [...encodeBase64(pieces, lineBreaks)].join('');
    expect(text).toHaveLength(base64Length(316_740, lineBreaks));
    expect(Buffer.from(text, 'base64').equals(Buffer.concat(pieces))).toBe(true);
  }
});

test('base64 that comes in pieces is decoded as the whole, wherever it is split', () => {
  for (const text of ['UMWZw61sacWh', 'UMWZ\r\nw61saQ==', 'QQ=', 'A===', 'QQ==QQ==']) {
    const whole = decodeBase64(Buffer.from(text));
    for (let place = 0; place <= text.length; place++) {
      const decoder = new Base64Decoder();
      const decoded = Buffer.concat([
        decoder.push(Buffer.from(text.slice(0, place))),
        decoder.push(Buffer.from(text.slice(place))),
      ]);
      expect(decoder.isComplete() ? decoded : undefined).toEqual(whole);
    }
  }
});

test.each(['A', 'AA', 'AAA', 'AA=A', 'A===', '====', 'AA==AA==', 'QQ=', 'á', 'AA-_'])('%s is no base64', (text) => {
  expect(decodeBase64(Buffer.from(text))).toBeUndefined();
});

test('pieces are gathered without losing an octet', () => {
  fc.assert(
    fc.property(fc.array(octets), fc.integer({ min: 1, max: 400 }), (pieces, size) => {
      expect(Buffer.concat([...gather(pieces, size)]).equals(Buffer.concat(pieces))).toBe(true);
    }),
  );
});

test('a text written is read back the same, as content and as attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const element = readXml(Buffer.from(`<a b="${escapeAttribute(text)}">${escapeText(text)}</a>`));
      expect(decodeText(Buffer.concat(element.text).toString())).toBe(text);
      expect(element.attributes[0]?.value).toBe(text);
    }),
  );
});

test('attack: no prefix of a document is a document', () => {
  const document = Buffer.from('<?xml version="1.0"?><a xmlns="urn:á" b=\'>\'><c/>text<!-- - --><d>ž</d></a>');
  expect(readXml(document).children.map(({ name }) => name)).toEqual(['c', 'd']);
  for (let length = 0; length < document.length; length++)
    expect(() => readXml(document.subarray(0, length))).toThrow(/./);
});

test('attack: elements nested without end are refused', () => {
  expect(() => readXml(Buffer.from('<a>'.repeat(100_000)))).toThrow('too many elements');
});

test('attack: a tag without end is not searched for ever', () => {
  expect(() => readXml(Buffer.from(`<a b="${'x'.repeat(1_000_000)}">`))).toThrow('a tag without end');
});

test('the published example of a checksum is right, every other last character wrong', () => {
  expect(completeBoxId('aydaad')).toBe('aydaadk');
  expect(['aaaaaaa', 'zzzzzzq'].every(isBoxId)).toBe(true);
  expect('abcdefghijmnpqrstuvwxyz23456789'.split('').some((last) => isBoxId(`aydaad${last}`))).toBe(false);
});

test('a time written in Czech local time is the same moment when read', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 0) }), (at) => {
      expect(parseTime(formatTime(at))).toBe(at);
    }),
  );
  expect(formatTime(Date.parse('2026-07-01T10:00:00.117Z'))).toBe('2026-07-01T12:00:00.117+02:00');
  expect(parseTime('2026-07-01T12:00:00')).toBe(Date.parse('2026-07-01T10:00:00Z'));
});
