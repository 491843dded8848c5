/** Documents and code hold together: a cited paragraph exists, and so does a file that a document names. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { citationsIn, paragraphsOf } from './paragraphs.ts';

const ROOT = join(import.meta.dirname, '..');

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** What stands before § in a citation, and where it leads. */
const CITED_AS: Readonly<Record<string, string>> = {
  isds: 'docs/isds.md',
  'mail-clients': 'docs/mail-clients.md',
  architecture: 'docs/architecture.md',
  design: 'docs/architecture.md',
};

const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).toSorted();
/** This file cites what is not there on purpose. */
const sources = globSync(['{src,test,config,docker}/**/*.{ts,toml,md,service,yaml}', 'Dockerfile'], {
  cwd: ROOT,
  exclude: ['test/documents.test.ts'],
});

const paragraphs = new Map(documents.map((file) => [file, new Set(paragraphsOf(read(file)))]));

/** Citations of a file that lead nowhere. */
function lostCitations(file: string, text: string): string[] {
  return citationsIn(text).flatMap(({ document, paragraph }) => {
    const cited = document === undefined ? file : CITED_AS[document];
    // A paragraph without a document is one of a document's own; in code it belongs to what was named before.
    if (document === undefined && !file.endsWith('.md')) return [];
    return paragraphs.get(cited ?? '')?.has(paragraph) ? [] : [`${file}: ${document ?? ''} §${paragraph}`];
  });
}

/** Files of the repository that a document names by their whole path. */
const NAMED_FILE = /(?<![\w./…<-])(?:src|test|docs|config|docker|\.ci)\/[\w.*/-]*[\w*/]/g;

function lostFiles(file: string, text: string): string[] {
  const named = Array.from(text.matchAll(NAMED_FILE), ([path]) => path);
  return named.filter((path) => globSync(path, { cwd: ROOT }).length === 0).map((path) => `${file}: ${path}`);
}

/** The anchor that a heading gets when it is shown. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function lostLinks(file: string, text: string): string[] {
  const links = Array.from(text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g));
  return links.flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return [`${file}: ${link}`];
    if (anchor === undefined) return [];
    const anchors = Array.from(read(target).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading));
    return anchors.includes(anchor) ? [] : [`${file}: ${link}`];
  });
}

function rfcsIn(text: string): string[] {
  return Array.from(text.matchAll(/RFC (\d+)/g), ([rfc]) => rfc);
}

test.each([...new Set(Object.values(CITED_AS))])('%s has paragraphs, each number once', (file) => {
  const numbers = paragraphsOf(read(file));
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers).toEqual([...new Set(numbers)]);
});

test('the code cites paragraphs that exist', () => {
  const cited = sources.flatMap((file) => citationsIn(read(file)));
  expect(cited.filter(({ document }) => document !== undefined).length).toBeGreaterThan(300);
  expect(sources.flatMap((file) => lostCitations(file, read(file)))).toEqual([]);
});

test.each(documents)('%s cites paragraphs that exist', (file) => {
  expect(lostCitations(file, read(file))).toEqual([]);
});

test.each(documents)('%s names files that exist', (file) => {
  expect(lostFiles(file, read(file))).toEqual([]);
});

test.each(documents)('the links of %s lead somewhere', (file) => {
  expect(lostLinks(file, read(file))).toEqual([]);
});

test('every RFC that the gateway cites stands in the table of standards', () => {
  const listed = new Set(rfcsIn(read('docs/rfc.md')));
  const cited = sources.filter((file) => /^src\/(?!sandbox\/)/.test(file)).flatMap((file) => rfcsIn(read(file)));
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter((rfc) => !listed.has(rfc))).toEqual([]);
});

describe('would be noticed', () => {
  test.each([
    ['a paragraph that is not there', 'See isds §6.7.', ['a.ts: isds §6.7']],
    ['one in a list', 'See isds §4.1, §4.99 and §5.', ['a.ts: isds §4.99']],
    ['one over the end of a line', '/** See isds\n *  §99. */', ['a.ts: isds §99']],
    ['a quirk too many', '// isds §11.3, §11.99', ['a.ts: isds §11.99']],
    ['a rule that is not there', '// mail-clients §12 P5, §12 P99', ['a.ts: mail-clients §12 P99']],
    ['one of a file', '// docs/isds.md §99', ['a.ts: isds §99']],
    ['nothing wrong', '// RFC 5321 §99.9, isds §9: 2003; X.690 §8.1; mail-clients §1.11', []],
  ])('%s', (_, text, lost) => {
    expect(lostCitations('a.ts', text)).toEqual(lost);
  });

  test('a file that is gone', () => {
    expect(lostFiles('a.md', 'in `src/isds/gone.ts`, `src/isds/index.ts` and `test/pop3/transcripts/`')).toEqual([
      'a.md: src/isds/gone.ts',
    ]);
  });

  test('a link that leads nowhere', () => {
    const text = '[a](isds.md#9-status-codes) [b](isds.md#gone) [c](gone.md) [d](https://example.com/gone)';
    expect(lostLinks('docs/a.md', text)).toEqual(['docs/a.md: ](isds.md#gone)', 'docs/a.md: ](gone.md)']);
  });

  test('a paragraph of the document itself', () => {
    expect(lostCitations('docs/isds.md', 'as §1.8 says, and §1.99; by RFC 3463 §77')).toEqual(['docs/isds.md:  §1.99']);
  });
});
