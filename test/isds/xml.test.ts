import { describe, expect, test } from 'vitest';
import { MalformedXml, xml } from '../../src/isds/xml/xml-text.ts';
import { MAX_TAGS_AT_ONCE, parseXml, TruncatedXml, type XmlElement } from '../../src/isds/xml/xml.ts';

function parse(text: string): XmlElement {
  return parseXml(Buffer.from(text));
}

describe('what a parser must not change', () => {
  test('a value that looks like a number stays text', () => {
    expect(parse('<a>0000</a>').text).toBe('0000');
    expect(parse('<a b="007">1e3</a>')).toMatchObject({ text: '1e3', attributes: new Map([['b', '007']]) });
    expect(parse('<a>true</a>').text).toBe('true');
  });

  test('white space around a text stays', () => {
    expect(parse('<a> Příliš \n žluťoučký </a>').text).toBe(' Příliš \n žluťoučký ');
  });

  test('references are resolved, in text and in attributes', () => {
    expect(parse('<a b="&quot;&#268;&#x10D;&apos;">&lt;&gt;&amp;&#269;&#x1F4E8;</a>')).toMatchObject({
      text: '<>&č📨',
      attributes: new Map([['b', `"Čč'`]]),
    });
  });

  test('a resolved reference is not resolved again', () => {
    expect(parse('<a>&amp;lt;&#38;amp;</a>').text).toBe('&lt;&amp;');
  });

  test('CDATA is taken literally', () => {
    expect(parse('<a>x &amp; <![CDATA[<b>&amp;</b>]]> y</a>')).toMatchObject({
      text: 'x & <b>&amp;</b> y',
      children: [],
    });
  });

  test('a comment adds nothing', () => {
    expect(parse('<a>před<!-- <b> &nic; -->po</a>').text).toBe('předpo');
  });

  test('line breaks in attributes become blanks, references to them stay', () => {
    expect(parse('<a b="x\ny&#10;z"/>').attributes.get('b')).toBe('x y\nz');
  });

  test('a byte order mark and a declaration may stand in front', () => {
    expect(parse('\ufeff<?xml version="1.0" encoding="utf-8"?>\n<a/>').name).toBe('a');
  });
});

describe('namespaces', () => {
  test('elements are known by namespace and local name, whatever the prefix', () => {
    const wanted = { namespace: 'urn:x', name: 'a' };
    expect(parse('<a xmlns="urn:x"/>')).toMatchObject(wanted);
    expect(parse('<p:a xmlns:p="urn:x"/>')).toMatchObject(wanted);
    expect(parse('<o xmlns:p="urn:y"><p:a xmlns:p="urn:x"/></o>').children[0]).toMatchObject(wanted);
  });

  test('the default namespace holds for elements inside and not for attributes', () => {
    const root = parse('<a xmlns="urn:x" xmlns:i="urn:i" i:nil="true" b="1"><c xmlns=""/></a>');
    expect([...root.attributes]).toEqual([
      ['{urn:i}nil', 'true'],
      ['b', '1'],
    ]);
    expect(root.children[0]?.namespace).toBe('');
  });

  test('an undeclared prefix is refused', () => {
    expect(() => parse('<p:a/>')).toThrow(MalformedXml);
    expect(() => parse('<a p:b="1"/>')).toThrow(MalformedXml);
  });
});

describe('what is refused', () => {
  test.each([
    ['crossed elements', '<a><b></a></b>'],
    ['an element closed by another name', '<a></b>'],
    ['two roots', '<a></a><b></b>'],
    ['two empty roots', '<a/><b/>'],
    ['text behind the root', '<a></a>ocas'],
    ['text before the root', 'hlava<a/>'],
    ['no root at all', '<!-- nic -->'],
    ['nothing', ''],
    ['blank', ' \r\n  '],
    ['an attribute without value', '<a b/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute given twice', '<a b="1" b="2"/>'],
    ['a bare ampersand', '<a>Novák & syn</a>'],
    ['an HTML entity', '<a>&nbsp;</a>'],
    ['an entity named like a property', '<a>&constructor;</a>'],
    ['a reference to a control character', '<a>&#0;</a>'],
    ['a reference to a surrogate', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a less-than sign within a tag', '<a b="<"/>'],
    ['an element named __proto__', '<__proto__/>'],
    ['a name with two colons', '<a:b:c xmlns:a="urn:x"/>'],
    ['a processing instruction', '<?php echo 1 ?><a/>'],
    ['a processing instruction inside', '<a><?xml-stylesheet href="x"?></a>'],
    ['a declaration that is not at the beginning', ' <?xml version="1.0"?><a/>'],
    ['another encoding', '<?xml version="1.0" encoding="windows-1250"?><a/>'],
    ['elements nested a hundred deep', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['a tag of a million characters', `<a b="${'x'.repeat(1_000_000)}"/>`],
  ])('%s', (_, text) => {
    expect(() => parse(text)).toThrow(MalformedXml);
  });

  test('attack: millions of tiny elements', () => {
    expect(() => parse(`<a>${'<b/>'.repeat(MAX_TAGS_AT_ONCE)}</a>`)).toThrow('too many elements');
  });

  test('octets that are not UTF-8', () => {
    expect(() => parseXml(Buffer.from([...Buffer.from('<a>'), 0xe8, ...Buffer.from('</a>')]))).toThrow(MalformedXml);
  });

  test('UTF-16', () => {
    expect(() => parseXml(Buffer.from('\ufeff<a/>', 'utf16le'))).toThrow(MalformedXml);
  });

  test.each([
    ['billion laughs', '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['external entity (XXE)', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['a document type in lower case', '<!doctype html><html></html>'],
    ['a document type inside the root', '<a><!DOCTYPE a></a>'],
  ])('attack: %s', (_, text) => {
    expect(() => parse(text)).toThrow(MalformedXml);
  });
});

describe('what breaks off', () => {
  const whole = '<?xml version="1.0"?><a b="x>y"><!-- c --><d>é<![CDATA[]]]]></d></a>';
  const octets = Buffer.from(whole);

  test('is told apart from what is malformed, wherever it breaks', () => {
    expect(parseXml(octets).name).toBe('a');
    for (let length = whole.indexOf('<a') + 1; length < octets.length; length++) {
      expect(() => parseXml(octets.subarray(0, length)), `after ${length} octets`).toThrow(TruncatedXml);
    }
  });
});

describe('writing', () => {
  test('escapes what is filled in, for text and attributes alike', () => {
    const markup = xml`<a b="${`<>&"'\n`}">${`<>&"'\r`}</a>`;
    const read = parse(markup.text);
    expect(read.attributes.get('b')).toBe(`<>&"'\n`);
    expect(read.text).toBe(`<>&"'\r`);
  });

  test('takes finished markup as it is', () => {
    expect(xml`<a>${xml`<b>${'&'}</b>`}</a>`.text).toBe('<a><b>&amp;</b></a>');
  });

  test.each(['\u0000', '\u0008', '\u001f', '\ufffe', '\ud800', 'x\udfff'])(
    'refuses what XML cannot carry: %j',
    (text) => {
      expect(() => xml`<a>${text}</a>`).toThrow(MalformedXml);
    },
  );
});
