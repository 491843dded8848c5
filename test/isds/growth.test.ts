/** Answers made to stop the gateway: doubled, each takes twice as long and not four times. */
import { expect, test } from 'vitest';
import { growthOf, isLinear, type Shape } from '../growth.ts';
import { StreamingExtractor } from '../../src/isds/xml/streaming-extractor.ts';
import { SignedDataReader } from '../../src/isds/signed/signed-data-reader.ts';
import { readSigner } from '../../src/isds/signed/signer.ts';
import { readTree } from '../../src/isds/xml/xml-in-slices.ts';
import { SystemMeaning } from '../../src/mail-writer/system-meaning.ts';
import { ReceivedNames } from '../../src/mail-writer/received-names.ts';
import { der } from '../../src/sandbox/der.ts';

const PIECE = 64 * 1024;

async function* inPieces(text: string): AsyncGenerator<Buffer> {
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length; at += PIECE) yield Promise.resolve(octets.subarray(at, at + PIECE));
}

const answer = (records: string): string => `<e:E xmlns:e="urn:soap"><e:B><a><l>${records}</l></a></e:B></e:E>`;
/** Refused or not, it has been looked at. */
const look = (records: string) => readTree(inPieces(answer(records))).catch(() => undefined);

function meaningOf(xml: string): string | undefined {
  const meaning = new SystemMeaning();
  meaning.begin({ name: 'SystemMessage.xml', mimeType: 'text/xml', metaType: 'main', encoding: 'xml' });
  meaning.content(Buffer.from(xml));
  return meaning.text();
}

/** Each of them twice, and all alike once there is a number behind them. */
function nameAll(count: number): void {
  const names = new ReceivedNames();
  const given = Array.from({ length: count }, (_, index) => `${'a'.repeat(245)}${String(index).padStart(6, '0')}.pdf`);
  for (const name of [...given, ...given]) names.next(name);
}

function extracted(xml: string): void {
  const extractor = new StreamingExtractor('files');
  for (const _ of extractor.push(Buffer.from(xml)));
}

const opened = Buffer.of(0x24, 0x80, 0, 0);

const shapes: readonly Shape[] = [
  { name: 'records of a list', run: (n) => look('<r/>'.repeat(n)), sizes: [2_000, 200_000] },
  { name: 'elements of a record', run: (n) => look(`<r>${'<a/>'.repeat(n)}</r>`), sizes: [1_000, 19_000] },
  { name: 'texts between elements', run: (n) => look(`<r>${'x<a/>'.repeat(n)}</r>`), sizes: [1_000, 19_000] },
  { name: 'comments', run: (n) => look(`<r>${'<!---->'.repeat(n)}</r>`), sizes: [2_000, 400_000] },
  { name: 'sections', run: (n) => look(`<r>${'<![CDATA[]]>'.repeat(n)}</r>`), sizes: [2_000, 400_000] },
  { name: 'references', run: (n) => look(`<r>${'&lt;'.repeat(n)}</r>`), sizes: [2_000, 400_000] },
  { name: 'blanks in a tag', run: (n) => look(`<r ${' '.repeat(n)}a=""/>`), sizes: [1_000, 16_000] },
  {
    name: 'a file name of entities',
    run: (n) => extracted(answer(`<f n="${'&amp;'.repeat(n)}"/>`)),
    sizes: [500, 3_200],
  },
  { name: 'a system message', run: (n) => meaningOf('<SystemMessage'.repeat(n)), sizes: [250, 4_600] },
  { name: 'names of files that differ at their end', run: nameAll, sizes: [250, 16_000] },
  {
    name: 'segments of a signed original',
    run: (n) => {
      const content = der(0xa0, [Buffer.alloc(opened.length * n, opened)]);
      const reader = new SignedDataReader();
      try {
        reader.push(
          Buffer.concat([Buffer.from('308006092a864886f70d010702a0803080020101310030800603550101', 'hex'), content]),
        );
      } catch {
        // Sound or not, it has been looked at.
      }
    },
    sizes: [5_000, 400_000],
  },
  {
    name: 'elements of a signer',
    run: (n) => {
      expect(() => readSigner(der(0x30, [Buffer.alloc(2 * n, Buffer.of(5, 0))]))).toThrow('unreadable');
    },
    sizes: [2_000, 400_000],
  },
];

test.each(shapes)(
  'attack: $name',
  async (one) => {
    expect(isLinear(await growthOf(one))).toBe(true);
  },
  120_000,
);
