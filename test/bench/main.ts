/** `npm run bench`: measures everything in one run, writes the results down, says which bar is met; exit status 1 when one is not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BenchPlace } from './bench-place.ts';
import { measureFlood } from './cases/flood.ts';
import { measureIdle } from './cases/idle.ts';
import { measurePolls } from './cases/polls.ts';
import { measureReading } from './cases/reading.ts';
import { largestMail, measureSending } from './cases/sending.ts';
import type { Thoroughness } from './measure.ts';
import { isMet, type Row } from './row.ts';
import { intoDocument, tableOf, verdicts } from './table.ts';

const MEGABYTE = 1_000_000;
const FOUR_FILES = Array.from({ length: 4 }, () => 5 * MEGABYTE);
/** A mail must not have more than 20 MB to be an ordinary one. */
const FOUR_SENT = Array.from({ length: 4 }, () => 4.9 * MEGABYTE);
const FIVE_FILES = Array.from({ length: 5 }, () => 19 * MEGABYTE);

const ONE_PEAK_MIB = 180;
const TEN_PEAK_MIB = 250;
const LARGE_PEAK_MIB = 200;

interface Scale {
  readonly single: Thoroughness;
  readonly heavy: Thoroughness;
  readonly polls: number;
  readonly pollsInFlood: number;
  readonly idleRounds: number;
}

const FULL: Scale = {
  single: { rounds: 5, times: 3 },
  heavy: { rounds: 3, times: 2 },
  polls: 100,
  pollsInFlood: 30,
  idleRounds: 1,
};
const QUICK: Scale = {
  single: { rounds: 1, times: 2 },
  heavy: { rounds: 1, times: 1 },
  polls: 30,
  pollsInFlood: 10,
  idleRounds: 1,
};

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const scale = options.quick ? QUICK : FULL;

/** What is measured, by the word that `--only` picks it with. */
const groups: Readonly<Record<string, (place: BenchPlace) => Promise<Row[]>>> = {
  reading: async (place) => {
    const upstream = await place.upstream({ listed: 1, files: FOUR_FILES });
    const rows: Row[] = [];
    for (const original of ['omit', 'attach'] as const) {
      const rest = { octets: 20 * MEGABYTE, original };
      const single = { ...rest, atOnce: 1, mostMiB: ONE_PEAK_MIB };
      const beside = original === 'omit' ? 'copy and stock' : 'copy';
      const name = `RETR 20 MB, original ${original === 'omit' ? 'omitted' : 'attached'}`;
      const tenAtOnce = { ...rest, atOnce: 10, mostMiB: TEN_PEAK_MIB };
      rows.push(
        await measureReading(place, upstream, { name, ...single, beside }, scale.single),
        await measureReading(
          place,
          upstream,
          { name: `${name}, ten at once`, ...tenAtOnce, beside: 'copy' },
          scale.heavy,
        ),
      );
    }
    await upstream.stop();
    return rows;
  },
  large: async (place) => {
    const upstream = await place.upstream({ listed: 1, files: FIVE_FILES, vodz: true });
    const rows: Row[] = [];
    for (const original of ['omit', 'attach'] as const) {
      const name = `RETR 95 MB (VoDZ), original ${original === 'omit' ? 'omitted' : 'attached'}`;
      const rest = { octets: 95 * MEGABYTE, atOnce: 1, mostMiB: LARGE_PEAK_MIB, beside: 'nothing' } as const;
      rows.push(await measureReading(place, upstream, { name, original, ...rest }, scale.heavy));
    }
    await upstream.stop();
    return rows;
  },
  sending: async (place) => {
    const upstream = await place.upstream({ listed: 1, files: [1_000] });
    const rows = [
      await measureSending(place, upstream, { name: 'DATA 20 MB', files: FOUR_SENT, form: 'base64' }, scale.single),
    ];
    const large = { name: 'DATA 95 MB', files: FIVE_FILES, form: 'raw' } as const;
    if ((await largestMail(place, upstream)) > 95 * MEGABYTE) {
      rows.push(await measureSending(place, upstream, large, scale.heavy));
    } else rows.push({ name: large.name, note: 'not measured: the gateway does not take such mails yet', bars: [] });
    await upstream.stop();
    return rows;
  },
  polls: (place) => measurePolls(place, scale.polls, scale.heavy),
  flood: (place) => measureFlood(place, scale.pollsInFlood),
  idle: async (place) => [
    await measureIdle(place, 'strangers', scale.idleRounds),
    await measureIdle(place, 'readers', scale.idleRounds),
  ],
};

const place = await BenchPlace.make();
const rows: Row[] = [];
try {
  for (const [group, measure] of Object.entries(groups)) {
    if (options.only !== '' && options.only !== group) continue;
    const measured = await measure(place);
    rows.push(...measured);
    process.stdout.write(`${verdicts(measured)}\n`);
  }
} finally {
  place.dispose();
}

const machine = { processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`, node: process.version };
process.stdout.write(`\n${tableOf(rows)}\n`);
if (!options.quick && options.only === '') {
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
  await intoDocument(machine, rows);
}
if (!rows.every(({ bars }) => bars.every(isMet))) process.exitCode = 1;
