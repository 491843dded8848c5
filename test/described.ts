/** The tables of the documents, row by row, so that tests can compare them with the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Rows of the one table of a document that has these columns, each by the name of its column; the marks of code are taken off. */
export function describedRows<Column extends string>(
  document: string,
  columns: readonly Column[],
): Record<Column, string>[] {
  const lines = readFileSync(join(ROOT, document), 'utf8').split('\n');
  const heads = lines.flatMap((line, index) => (cellsOf(line).join('|') === columns.join('|') ? [index] : []));
  const [head] = heads;
  if (head === undefined || heads.length > 1)
    throw new Error(`${document}: ${heads.length} tables of ${columns.join(', ')}`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])) as Record<Column, string>;
  });
}

function cellsOf(line: string): string[] {
  return line.startsWith('|')
    ? line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''))
    : [];
}
