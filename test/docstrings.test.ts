/** What is exported says what it promises, in a sentence of its own. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const EXPORTED = /^export (?:abstract )?(?:async )?(function\*?|class|interface) (\w+)/;

/** Options and contexts are what one function takes; their fields say what they are. */
const TAKEN_BY_ONE = /(?:Options|Context|Request|Dependencies|Limits)$/;

interface Exported {
  readonly place: string;
  readonly isInterface: boolean;
  readonly name: string;
  readonly hasSentence: boolean;
}

function exportsOf(file: string): readonly Exported[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    const [, kind, name] = EXPORTED.exec(line) ?? [];
    if (name === undefined) return [];
    const hasSentence = lines[index - 1]?.trimEnd().endsWith('*/') === true;
    return [{ place: `${file}:${index + 1}`, isInterface: kind === 'interface', name, hasSentence }];
  });
}

/** The first line of a file speaks for the only thing that it exports, and for its only function or class. */
function isSpokenFor({ isInterface, name }: Exported, others: readonly Exported[]): boolean {
  if (isInterface) return others.length === 1 || TAKEN_BY_ONE.test(name);
  return others.filter((other) => !other.isInterface).length === 1;
}

test('everything that is exported has a sentence', () => {
  const files = globSync('src/**/*.ts').filter((file) => !file.endsWith('index.ts'));
  const silent = files.flatMap((file) => {
    const all = exportsOf(file);
    return all.filter((one) => !one.hasSentence && !isSpokenFor(one, all)).map(({ place }) => place);
  });
  expect(silent).toEqual([]);
  expect(files.flatMap(exportsOf).length).toBeGreaterThan(500);
});
