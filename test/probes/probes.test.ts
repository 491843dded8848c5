/** Every probe of the table against our server, and against Dovecot where it is installed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecotMissing, startDovecot } from './dovecot.ts';
import { judge } from './judge.ts';
import { knownDifferences } from './known-differences.ts';
import { startOurs } from './ours.ts';
import type { ProbedServer } from './server.ts';
import { table } from './table.ts';

const groups = Object.entries(table);

describe.each(groups)('%s', (_, probes) => {
  let server: ProbedServer;
  beforeAll(async () => void (server = await startOurs()));
  afterAll(() => server.stop());

  test.each(probes)('$name', async (probe) => {
    expect(await judge(server, probe)).toBeUndefined();
  });
});

test('every probe has a name of its own, and every known difference is about a probe', () => {
  const names = groups.flatMap(([, probes]) => probes.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect([...knownDifferences.keys()].filter((name) => !names.includes(name))).toEqual([]);
});

const missing = dovecotMissing();

describe.skipIf(missing !== undefined)(`Dovecot differs where we know it (${missing ?? 'installed'})`, () => {
  let server: ProbedServer;
  const report: string[] = [];
  beforeAll(async () => void (server = await startDovecot()));
  afterAll(async () => {
    await server?.stop();
    process.stdout.write(`Dovecot differs in ${report.length} probes:\n${report.join('')}`);
  });

  test.each(groups)('%s', async (_, probes) => {
    const different: string[] = [];
    for (const probe of probes) {
      const complaint = await judge(server, probe);
      if (complaint === undefined) continue;
      different.push(probe.name);
      const reason = knownDifferences.get(probe.name) ?? 'No reason is known.';
      report.push(`- ${probe.name}\n    Dovecot: ${complaint}\n    ${reason}\n`);
    }
    expect(different).toEqual(probes.map(({ name }) => name).filter((name) => knownDifferences.has(name)));
  });
});
