/** Large libraries that a gateway without work does without: nothing that is loaded at its start imports them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', '..', 'src');

/** What a file loads as soon as it is loaded itself; imports of types leave nothing behind. */
const IMPORT = /^(?:import|export) (?!type )(?:[^'";]*? from )?'([^']+)'/gm;

/** Packages that are loaded together with a file. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (!target.startsWith('.')) packages.add(target);
    else for (const name of loadedWith(join(dirname(file), target), seen)) packages.add(name);
  }
  return packages;
}

test.each(['pdfkit', 'fontkit', 'html-to-text', 'libmime', 'pkijs', 'asn1js', 'acme-client'])('%s', (name) => {
  const atStart = loadedWith(join(source, 'commands', 'serve.ts'));
  expect(atStart).toContain('undici');
  expect(atStart).not.toContain(name);
});
