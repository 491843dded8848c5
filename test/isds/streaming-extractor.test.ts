import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Extracted,
  StreamingExtractor,
  MAX_SKELETON_OCTETS,
  type Rest,
} from '../../src/isds/xml/streaming-extractor.ts';
import { MAX_TAG_OCTETS } from '../../src/isds/xml/xml-lexer.ts';
import { MalformedXml } from '../../src/isds/xml/xml-text.ts';
import { TruncatedXml } from '../../src/isds/xml/xml.ts';
import { answerBody, envelopeAround } from './fake-isds.ts';

interface LiftedFile {
  readonly name: string;
  readonly type: string;
  readonly encoding: string;
  readonly content: string;
}

function liftChunks(chunks: readonly Buffer[]): { events: Extracted[]; rest: Rest } {
  const extractor = new StreamingExtractor('files');
  const events = chunks.flatMap((chunk) => [...extractor.push(chunk)]);
  return { events, rest: extractor.end() };
}

function filesOf(events: readonly Extracted[]): LiftedFile[] {
  const files: { name: string; type: string; encoding: string; content: Buffer[] }[] = [];
  for (const event of events) {
    if (event.kind === 'file') {
      const { name, mimeType, encoding } = event.file;
      files.push({ name, type: mimeType, encoding, content: [] });
    } else files.at(-1)?.content.push(event.octets);
  }
  return files.map((found) => ({ ...found, content: Buffer.concat(found.content).toString() }));
}

function extract(text: string): LiftedFile[] {
  return filesOf(liftChunks([Buffer.from(text)]).events);
}

/** A download with these dmFile elements. */
function message(files: string): string {
  const inside = `<p:dmDm xmlns:p="http://isds.czechpoint.cz/v20"><p:dmID>1</p:dmID><p:dmFiles>${files}</p:dmFiles></p:dmDm>`;
  return envelopeAround(answerBody('MessageDownload', `<q:dmReturnedMessage>${inside}</q:dmReturnedMessage>`));
}

function file(
  content: string,
  attributes = 'dmFileDescr="a.pdf" dmMimeType="application/pdf" dmFileMetaType="main"',
): string {
  return `<p:dmFile ${attributes}>${content}</p:dmFile>`;
}

function base64(content: string): string {
  return file(`<p:dmEncodedContent>${content}</p:dmEncodedContent>`);
}

const [PDF] = ['JVBERi0xLjQKJSVFT0YK'];

/** Every shape of content at once. */
const KITCHEN_SINK = message(
  [
    base64(PDF ?? ''),
    base64('AAAA\r\nBBBB&#13;\nCC<!-- nic -->CC<![CDATA[DD]]]]>DD'),
    file('<p:dmEncodedContent/>', `dmFileDescr='prázdný "1".txt' dmMimeType=''`),
    file('<p:dmXMLContent><?pi?><x a=">"><dmEncodedContent>č</dmEncodedContent><!-- -- --><y/></x></p:dmXMLContent>'),
    file('<z:dmEncodedContent xmlns:z="http://isds.czechpoint.cz/v20">EEEE</z:dmEncodedContent>'),
  ].join('\n  '),
);

const KITCHEN_SINK_FILES = [
  [PDF, 'base64'],
  ['AAAA\r\nBBBB\r\nCCCCDD]]DD', 'base64'],
  ['', 'base64'],
  ['<?pi?><x a=">"><dmEncodedContent>č</dmEncodedContent><!-- -- --><y/></x>', 'xml'],
  ['EEEE', 'base64'],
].map(([content, encoding]) => expect.objectContaining({ content, encoding }) as LiftedFile);

describe('what is extracted', () => {
  test('the octets of each file, under the names its tag gives', () => {
    expect(extract(message(base64(PDF ?? '')))).toEqual([
      { name: 'a.pdf', type: 'application/pdf', encoding: 'base64', content: PDF },
    ]);
  });

  test('attributes in any order, with either quotes and with references', () => {
    const attributes = `dmMimeType='text/plain' dmFormat="" dmFileDescr='Smlouva &quot;č. 1&quot; &amp; d&#x16F;vod >.txt'`;
    expect(extract(message(file('<p:dmEncodedContent>QQ==</p:dmEncodedContent>', attributes)))).toEqual([
      { name: 'Smlouva "č. 1" & důvod >.txt', type: 'text/plain', encoding: 'base64', content: 'QQ==' },
    ]);
  });

  test('base64 with line breaks, references, comments and CDATA, an empty element, XML', () => {
    expect(extract(KITCHEN_SINK)).toEqual(KITCHEN_SINK_FILES);
  });

  test('text that only contains the words is no file', () => {
    const words = '&lt;dmFile&gt;&lt;dmEncodedContent&gt;<![CDATA[<p:dmEncodedContent>AAAA</p:dmEncodedContent>]]>';
    const { events, rest } = liftChunks([
      Buffer.from(envelopeAround(answerBody('X', `<q:dmAnnotation>${words}</q:dmAnnotation>`))),
    ]);
    expect(events).toEqual([]);
    expect(rest.extracted).toBe(0);
  });

  test('an element of another namespace is not extracted', () => {
    const { events } = liftChunks([
      Buffer.from(message(file('<e:dmEncodedContent xmlns:e="urn:jiný">AAAA</e:dmEncodedContent>'))),
    ]);
    expect(events).toEqual([]);
  });

  test('the rest keeps the elements and loses their content', () => {
    const { rest } = liftChunks([Buffer.from(KITCHEN_SINK)]);
    expect(rest.extracted).toBe(5);
    expect(JSON.stringify(rest.skeleton)).not.toContain('JVBER');
  });
});

describe('chunks', () => {
  const octets = Buffer.from(KITCHEN_SINK);

  test('a split at every octet changes nothing', () => {
    for (let at = 1; at < octets.length; at++) {
      const { events, rest } = liftChunks([octets.subarray(0, at), octets.subarray(at)]);
      expect(filesOf(events), `split at ${at}`).toEqual(KITCHEN_SINK_FILES);
      expect(rest.extracted).toBe(5);
    }
  });

  test('single octets change nothing', () => {
    const { events } = liftChunks(Array.from(octets, (octet) => Buffer.from([octet])));
    expect(filesOf(events)).toEqual(KITCHEN_SINK_FILES);
  });

  test('any cutting changes nothing', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: octets.length - 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, (points) => {
        const sorted = [0, ...points.toSorted((a, b) => a - b), octets.length];
        const chunks = sorted.slice(1).map((end, index) => octets.subarray(sorted[index], end));
        expect(filesOf(liftChunks(chunks).events)).toEqual(KITCHEN_SINK_FILES);
      }),
      { numRuns: 50 },
    );
  });

  test('an answer cut off anywhere is truncated', () => {
    const start = KITCHEN_SINK.indexOf('?>') + 3;
    for (let length = start; length < octets.length; length++) {
      expect(() => liftChunks([octets.subarray(0, length)]), `after ${length} octets`).toThrow(TruncatedXml);
    }
  });
});

describe('what is refused', () => {
  test.each([
    ['an element within base64', base64('AA<x/>AA')],
    ['a processing instruction within base64', base64('AA<?x?>AA')],
    ['an unknown entity within base64', base64('AA&nbsp;AA')],
    ['a reference without end within base64', base64('AA&#13')],
    ['an endless reference within base64', base64(`AA&#${'0'.repeat(100)}13;`)],
    ['a tag that is not closed', `<p:dmFile dmFileDescr="${'x'.repeat(MAX_TAG_OCTETS)}`],
    ['elements nested without end', '<p:x>'.repeat(100)],
    ['more around the files than any message has', `<p:x>${'x'.repeat(MAX_SKELETON_OCTETS)}</p:x>`],
    ['crossed elements around the files', '</p:dmFiles></p:dmDm>'],
    ['attack: a document type', '<!DOCTYPE x [<!ENTITY y "z">]>'],
    ['attack: a document type within the content of a file', base64('<!DOCTYPE x>')],
  ])('%s', (_, files) => {
    expect(() => extract(message(files))).toThrow(MalformedXml);
  });

  test('attack: a tag that never ends, in small pieces, is not collected', () => {
    const extractor = new StreamingExtractor('files');
    const piece = Buffer.alloc(1024, 'x');
    expect(() => {
      for (const chunk of [Buffer.from('<a b="'), ...Array<Buffer>(1024).fill(piece)])
        Array.from(extractor.push(chunk));
    }).toThrow(MalformedXml);
  });
});

describe('memory', () => {
  const CHUNK = 64 * 1024;
  const TOTAL = 30_000_000;

  function* largeAnswer(): Generator<Buffer> {
    const [before = '', after = ''] = message(base64('OBSAH')).split('OBSAH');
    yield Buffer.from(before);
    const chunk = Buffer.from(`${'QUFB'.repeat(18)}QUF\n`.repeat(CHUNK / 76));
    for (let sent = 0; sent < TOTAL; sent += chunk.length) yield chunk;
    yield Buffer.from(after);
  }

  test('30 MB of base64 pass through in pieces no longer than the chunks, and a few kB are kept', () => {
    const extractor = new StreamingExtractor('files');
    let longest = 0;
    let total = 0;
    for (const chunk of largeAnswer()) {
      for (const event of extractor.push(chunk)) {
        if (event.kind !== 'content') continue;
        longest = Math.max(longest, event.octets.length);
        total += event.octets.length;
      }
    }
    expect(extractor.end().extracted).toBe(1);
    expect(total).toBeGreaterThanOrEqual(TOTAL);
    expect(longest).toBeLessThanOrEqual(CHUNK);
    expect(extractor.skeletonLength).toBeLessThan(4096);
  });
});
