/** QR codes of every size are read by a reader that is not ours. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { qrSymbol } from '../../src/setup/qr/symbol.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const reader = spawnSync('zbarimg', ['--version']).status === 0;

/** A picture in black and white with a margin, some pixels for each module (PGM). */
function picture(modules: NonNullable<ReturnType<typeof qrSymbol>>): Buffer {
  const [margin, scale] = [4, 6];
  const side = (modules.length + 2 * margin) * scale;
  const pixels = Buffer.alloc(side * side, 0xff);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const module = modules[Math.floor(row / scale) - margin]?.[Math.floor(column / scale) - margin];
      if (module === true) pixels[row * side + column] = 0;
    }
  }
  return Buffer.concat([Buffer.from(`P5 ${side} ${side} 255\n`), pixels]);
}

/** The longest text of each version, as the standard has it for level M in byte mode. */
const capacities = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];

test.skipIf(!reader)('codes of all ten versions, full and with one octet, are read (skipped without zbarimg)', () => {
  const folder = temporaryFolder();
  const lengths = capacities.flatMap((capacity, index) => [(capacities[index - 1] ?? 0) + 1, capacity]);
  const texts = lengths.map((length) => 'x'.padEnd(length, 'https://Ab1-'));
  const files = texts.map((text, index) => {
    const file = join(folder, `${String(index).padStart(2, '0')}.pgm`);
    writeFileSync(file, picture(qrSymbol(text)!));
    return file;
  });
  const { stdout } = spawnSync('zbarimg', ['-q', '--raw', ...files]);
  expect(stdout.toString().trimEnd().split('\n')).toEqual(texts);
});

test.each(capacities.map((capacity, index) => [capacity, index + 1] as const))(
  '%i octets fit into version %i, one more does not',
  (capacity, version) => {
    expect(qrSymbol('x'.repeat(capacity))).toHaveLength(17 + 4 * version);
    expect(qrSymbol('x'.repeat(capacity + 1))?.length).toBe(version === 10 ? undefined : 21 + 4 * version);
  },
);
