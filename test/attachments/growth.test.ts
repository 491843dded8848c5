/** Files, quotations and addresses made to stop the gateway: doubled, each takes twice as long and not four times. */
import { expect, test } from 'vitest';
import { growthOf, isLinear, type Shape } from '../growth.ts';
import { findActiveElement } from '../../src/attachments/content/active-html.ts';
import { textKind } from '../../src/attachments/content/text-kind.ts';
import { checkFile } from '../../src/attachments/check-file.ts';
import { LineReader } from '../../src/net/line-reader.ts';
import { quotedLines, signatureLines } from '../../src/outbox/written-text.ts';
import { readAutodiscoverRequest } from '../../src/setup/autodiscover.ts';
import { zip } from './zip-maker.ts';

const stored = (octets: Buffer) => ({
  size: octets.length,
  read: async (position: number, length: number) => octets.subarray(position, position + length),
});

function quotes(text: string): void {
  const lines = text.split('\n');
  signatureLines(lines, quotedLines(lines));
}

/** An archive whose directory repeats its only entry. */
function repeated(entries: number): Buffer {
  const one = zip([{ name: 'a.pdf', data: '%PDF-1.7' }]);
  const start = one.indexOf('PK\u0001\u0002');
  const end = one.indexOf('PK\u0005\u0006');
  const last = Buffer.from(one.subarray(end));
  last.writeUInt32LE((end - start) * entries, 12);
  const directory = Buffer.alloc((end - start) * entries, one.subarray(start, end));
  return Buffer.concat([one.subarray(0, start), directory, last]);
}

function commands(octets: Buffer, piece: number): void {
  const reader = new LineReader();
  for (let at = 0; at < octets.length; at += piece) {
    reader.push(octets.subarray(at, at + piece));
    while (reader.next(255) !== undefined);
  }
}

const shapes: readonly Shape[] = [
  { name: 'a directory', run: (n) => checkFile({ name: 'a.zip', ...stored(repeated(n)) }), sizes: [1_000, 160_000] },
  {
    name: 'a name in an archive',
    run: (n) => checkFile({ name: 'a.zip', ...stored(zip([{ name: `${'a/'.repeat(n)}b.pdf`, data: '%PDF-1.7' }])) }),
    sizes: [1_000, 32_000],
  },
  {
    name: 'a page',
    run: (n) => findActiveElement(stored(Buffer.from('<scrip'.repeat(n)))),
    sizes: [10_000, 8_000_000],
  },
  {
    name: 'the head of an XML file',
    run: (n) => textKind(Buffer.from('<?a?> <!---->'.repeat(n)), true),
    sizes: [10, 320],
  },
  {
    name: 'a document type',
    run: (n) => textKind(Buffer.from(`<!DOCTYPE a[${'[<!'.repeat(n)}`), true),
    sizes: [20, 1_300],
  },
  { name: 'a label of PEM', run: (n) => textKind(Buffer.from('-----BEGIN A\n'.repeat(n)), true), sizes: [10, 300] },
  { name: 'quotes between empty lines', run: (n) => quotes('>a\n\n\n'.repeat(n)), sizes: [2_000, 500_000] },
  { name: 'empty lines before a quote', run: (n) => quotes(`${'\n'.repeat(n)}>a`), sizes: [10_000, 500_000] },
  { name: 'an attribution', run: (n) => quotes(`Dne ${'napsal '.repeat(n)}\n>a`), sizes: [1_000, 70_000] },
  { name: 'rules', run: (n) => quotes('_____\n'.repeat(n)), sizes: [5_000, 80_000] },
  { name: 'commands without end', run: (n) => commands(Buffer.alloc(n, 'a'), 10), sizes: [10_000, 8_000_000] },
  {
    name: 'commands in one piece',
    run: (n) => commands(Buffer.alloc(6 * n, 'NOOP\r\n'), 64 * 1024),
    sizes: [10_000, 2_000_000],
  },
  {
    name: 'a request for settings',
    run: (n) => readAutodiscoverRequest(Buffer.from('<a:EMailAddress'.repeat(n))),
    sizes: [50, 1_000],
  },
];

test.each(shapes)(
  'attack: $name',
  async (one) => {
    expect(isLinear(await growthOf(one))).toBe(true);
  },
  120_000,
);
