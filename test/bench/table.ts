/** The results as a table, for the terminal and for docs/performance.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Figures } from './measure.ts';
import { type Bar, isMet, type Row } from './row.ts';

export interface Machine {
  readonly processors: string;
  readonly node: string;
}

const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'performance.md');
const BEGIN = '<!-- begin of bench: written by npm run bench -->';
const END = '<!-- end of bench -->';
const GIGABYTE = 1e9;

const HEAD = [
  'case',
  'time',
  '× limit',
  '× stock',
  'peak MiB',
  's of CPU per GB: it, limit, stock',
  'longest stop ms (of it own work)',
  'bars',
];

export function tableOf(rows: readonly Row[]): string {
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** A line for each bar. */
export function verdicts(rows: readonly Row[]): string {
  return rows
    .flatMap(({ name, note, bars }) => [
      ...(note === undefined ? [] : [`      ${name}: ${note}`]),
      ...bars.map((bar) => `${isMet(bar) ? 'met   ' : 'MISSED'} ${name}: ${inWords(bar)}`),
    ])
    .join('\n');
}

/** Replaces what stands between the markers. */
export async function intoDocument({ processors, node }: Machine, rows: readonly Row[]): Promise<void> {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${DOCUMENT} has no place for the results`);
  const text = `${BEGIN}\n\n${tableOf(rows)}\n\nMeasured on ${processors}, Node ${node}.\n\n`;
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(
    DOCUMENT,
    await format(document.slice(0, begin) + text + document.slice(end), { ...options, parser: 'markdown' }),
  );
}

function cells({ name, product, limit, stock, octets, note, bars }: Row): string[] {
  if (product === undefined) return [name, note ?? '', '', '', '', '', '', ''];
  return [
    note === undefined ? name : `${name} (${note})`,
    timeOf(product),
    ratio(product, limit),
    ratio(product, stock),
    product.peakMiB.toFixed(0),
    octets === undefined ? '' : [product, limit, stock].map((side) => perGigabyte(side, octets)).join(', '),
    `${product.longestStopMs.toFixed(0)} (${product.longestWorkMs.toFixed(0)})`,
    bars.map((bar) => `${isMet(bar) ? '' : '**missed** '}${inWords(bar)}`).join('; '),
  ];
}

function timeOf({ seconds }: Figures): string {
  // Not everything that is measured takes a time; in the written results that is null.
  if (!(seconds > 0)) return '';
  return seconds < 0.1 ? `${(seconds * 1_000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

function ratio(figures: Figures, beside: Figures | undefined): string {
  return beside === undefined ? '' : (figures.seconds / beside.seconds).toFixed(2);
}

function perGigabyte(figures: Figures | undefined, octets: number): string {
  return figures === undefined ? '–' : (figures.cpuSeconds / (octets / GIGABYTE)).toFixed(1);
}

function inWords({ what, measured, most }: Bar): string {
  const shown = what === 'time' ? `${measured.toFixed(2)} ×` : measured.toFixed(what === 'calls' ? 2 : 0);
  const unit = { time: ' ×', memory: ' MiB', 'event loop': ' ms', calls: ' calls' }[what];
  return `${what} ${shown.replace(' ×', '')} of at most ${most}${unit}`;
}
