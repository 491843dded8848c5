import { describe, expect, test } from 'vitest';
import { parseXml } from '../../src/isds/xml/xml.ts';
import { type Extracted, StreamingExtractor } from '../../src/isds/xml/streaming-extractor.ts';
import { MalformedXml } from '../../src/isds/xml/xml-text.ts';
import { answerBody, envelopeAround } from './fake-isds.ts';

/** The file that comes of dmXMLContent with this inside; the answer declares q, xsi, p, a default namespace and a strange one. */
function liftXml(content: string, splitAt = 0): string {
  const outside = 'xmlns="urn:výchozí" xmlns:s="urn:a&amp;b&quot;c"';
  const file = `<p:dmFile dmFileDescr="podání.xml"><p:dmXMLContent ${outside}>${content}</p:dmXMLContent></p:dmFile>`;
  const message = `<p:dmDm xmlns:p="http://isds.czechpoint.cz/v20"><p:dmFiles>${file}</p:dmFiles></p:dmDm>`;
  const octets = Buffer.from(envelopeAround(answerBody('MessageDownload', message)));
  const extractor = new StreamingExtractor('files');
  const events: Extracted[] = [
    ...extractor.push(octets.subarray(0, splitAt)),
    ...extractor.push(octets.subarray(splitAt)),
  ];
  extractor.end();
  return Buffer.concat(events.flatMap((event) => (event.kind === 'content' ? [event.octets] : []))).toString();
}

describe('a file of XML', () => {
  test.each([
    ['declares itself', '<x xmlns="urn:x"><y a="1" xml:lang="cs">č</y></x>'],
    ['declares its prefixes further in', '<x:x xmlns:x="urn:x"><y:y xmlns:y="urn:y" y:a="1"/><x:z/></x:x>'],
    ['has no default namespace on purpose', '<x xmlns=""><y/></x>'],
    ['has comments, instructions and CDATA', '<?pi?><!-- <p:x/> --><x xmlns="urn:x"><![CDATA[<p:y>]]></x>'],
    ['uses a prefix that nobody declares', '<x xmlns="urn:x" nikdo:a="1"/>'],
  ])('that %s stays as it is to the octet', (_, content) => {
    expect(liftXml(content)).toBe(content);
  });

  test.each([
    ['<p:x/>', '<p:x xmlns:p="http://isds.czechpoint.cz/v20"/>'],
    ['<x>č</x>', '<x xmlns="urn:výchozí">č</x>'],
    [
      '<x xmlns="urn:x" xsi:nil="true"/>',
      '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:x" xsi:nil="true"/>',
    ],
    ["<s:x a='>'/>", `<s:x xmlns:s="urn:a&amp;b&quot;c" a='>'/>`],
    ['<p:x><p:y><p:z/></p:y></p:x>', '<p:x xmlns:p="http://isds.czechpoint.cz/v20"><p:y><p:z/></p:y></p:x>'],
    [
      '<z:x xmlns:z="urn:z"><p:y/><p:y/></z:x>',
      '<z:x xmlns:z="urn:z"><p:y xmlns:p="http://isds.czechpoint.cz/v20"/><p:y xmlns:p="http://isds.czechpoint.cz/v20"/></z:x>',
    ],
    [
      '<z:x xmlns:z="urn:z"><p:y xmlns:p="urn:p"></p:y><p:y/></z:x>',
      '<z:x xmlns:z="urn:z"><p:y xmlns:p="urn:p"></p:y><p:y xmlns:p="http://isds.czechpoint.cz/v20"/></z:x>',
    ],
  ])('%s gets the declarations it lacks, where it lacks them', (content, mended) => {
    expect(liftXml(content)).toBe(mended);
    expect(() => parseXml(Buffer.from(mended))).not.toThrow();
  });

  test('is the same however the answer is split', () => {
    const content = '<z:x xmlns:z="urn:z"><p:y s:a="1"/>č</z:x>';
    const whole = liftXml(content);
    for (let at = 1; at < 500; at++) expect(liftXml(content, at), `split at ${at}`).toBe(whole);
  });
});

test('attack: declarations within declarations without end are refused', () => {
  expect(() => liftXml('<x xmlns="urn:x">'.repeat(1000))).toThrow(MalformedXml);
});
