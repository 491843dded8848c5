import { expect, test } from 'vitest';
import { MalformedXml } from '../../src/isds/xml/xml-text.ts';
import { MAX_TAGS_AT_ONCE, parseXml, TruncatedXml } from '../../src/isds/xml/xml.ts';
import { readTree } from '../../src/isds/xml/xml-in-slices.ts';

async function* inPieces(octets: Buffer, length: number) {
  for (let at = 0; at < octets.length; at += length) yield octets.subarray(at, at + length);
}

function inSlices(text: string, length = 7) {
  return readTree(inPieces(Buffer.from(text), length));
}

const ANSWER = `<?xml version='1.0' encoding='utf-8'?>
<S:Envelope xmlns:S="urn:soap" xmlns:q="urn:before"><S:Body>
  <q:Answer xmlns:q="urn:isds" xmlns:i="urn:i" lang="čeština">
    <q:Empty/><q:Records><!-- a note > -->
      <q:Record n="1"><q:Name>Žofie &amp; <![CDATA[<kůň>]]></q:Name><q:Nothing i:nil="true"/></q:Record>
      text between
      <q:Record n="2"/><r:Record xmlns:r="urn:r" r:n="3"><q:Name xmlns:q="urn:inner">č</q:Name></r:Record>
    </q:Records>
    <q:Records></q:Records>
    <q:Status><q:Code>0000</q:Code></q:Status>
  </q:Answer>
</S:Body></S:Envelope>
`;

test.each([1, 7, 64, 100_000])(
  'the tree is the same as of the document in one piece (pieces of %d octets)',
  async (length) => {
    expect(await inSlices(ANSWER, length)).toEqual(parseXml(Buffer.from(ANSWER)));
  },
);

test.each([
  '<a/>',
  '<a>text</a>',
  '<a><b><c/></b><b/></a>',
  '<a><b><c><d>text</d><d/><d><e/></d></c><c><d/></c></b></a>',
  '<a><b><c><d><e><f><g>deep</g></f></e></d></c></b></a>',
])('a document of another shape is the same as well: %s', async (text) => {
  expect(await inSlices(text)).toEqual(parseXml(Buffer.from(text)));
});

test.each([
  ['crossed elements of a record', ANSWER.replace('</q:Name><q:Nothing', '</q:Record><q:Nothing')],
  ['crossed elements around the records', ANSWER.replace('</q:Status>', '</q:Records>')],
  ['an undeclared prefix in a record', ANSWER.replace('<q:Record n="2"/>', '<x:Record n="2"/>')],
  ['an unknown entity in a record', ANSWER.replace('&amp;', '&nbsp;')],
  ['an end without a beginning', `${ANSWER}</a>`],
  ['a second root', `${ANSWER}<a/>`],
  ['a document type', `<!DOCTYPE a>${ANSWER}`],
  ['an instruction within a record', ANSWER.replace('<q:Name>', '<?do it?><q:Name>')],
])('%s is refused', async (_, text) => {
  await expect(inSlices(text)).rejects.toThrow(MalformedXml);
  expect(() => parseXml(Buffer.from(text))).toThrow(MalformedXml);
});

test('a document that breaks off anywhere is truncated', async () => {
  const text = ANSWER.trimEnd();
  for (let length = text.indexOf('<S:Envelope') + 1; length < text.length; length++) {
    await expect(inSlices(text.slice(0, length), 1_000)).rejects.toThrow(TruncatedXml);
  }
});

test('others get their turn between the records of a long list', async () => {
  const records = '<q:Record n="2"><q:Name>Příliš žluťoučký kůň</q:Name></q:Record>'.repeat(5_000);
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  const tree = await inSlices(ANSWER.replace('text between', records), 1_000_000);
  clearInterval(counting);
  expect(JSON.stringify(tree).match(/kůň úpěl|žluťoučký/g)).toHaveLength(5_000);
  expect(turns).toBeGreaterThan(2);
});

test.each([
  ['one record', ANSWER.replace('text between', `<q:Record>${'<a/>'.repeat(MAX_TAGS_AT_ONCE)}</q:Record>`)],
  ['the frame around the records', ANSWER.replace('<q:Empty/>', '<q:Empty/>'.repeat(MAX_TAGS_AT_ONCE))],
])('attack: %s of more elements than are parsed in one go', async (_, text) => {
  await expect(inSlices(text, 64_000)).rejects.toThrow('too many elements');
});
