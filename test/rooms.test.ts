/** The rooms of the house and who may enter whom: dependencies point one way, and only through a room's index. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { describedRows } from './described.ts';

/** What each room may import; a room stands above all that it names. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  calendar: [],
  base64: [],
  refusals: [],
  config: ['core', 'calendar'],
  net: ['core'],
  store: ['core'],
  isds: ['core', 'calendar', 'refusals', 'base64'],
  attachments: ['core', 'refusals'],
  spool: ['core', 'refusals'],
  sandbox: ['core'],
  control: ['core'],
  pdf: ['core', 'refusals'],
  'mail-parser': ['core', 'calendar', 'refusals', 'base64', 'attachments', 'spool'],
  'mail-writer': ['core', 'calendar', 'refusals', 'base64', 'isds', 'attachments'],
  accounts: ['core', 'calendar', 'refusals', 'store', 'isds'],
  mailbox: ['core', 'calendar', 'refusals', 'base64', 'store', 'isds', 'spool', 'mail-writer', 'accounts'],
  outbox: [
    'core',
    'refusals',
    'store',
    'isds',
    'attachments',
    'spool',
    'pdf',
    'mail-parser',
    'mail-writer',
    'accounts',
  ],
  pop3: ['core', 'refusals', 'net', 'accounts', 'mailbox'],
  setup: ['core', 'refusals', 'config', 'net'],
  doctor: ['core', 'setup'],
  certificates: ['core', 'config', 'net', 'setup'],
  smtp: ['core', 'refusals', 'net', 'attachments', 'mail-parser', 'accounts', 'outbox'],
  gateway: [
    'core',
    'refusals',
    'config',
    'net',
    'store',
    'isds',
    'spool',
    'control',
    'accounts',
    'mailbox',
    'mail-parser',
    'pdf',
    'outbox',
    'pop3',
    'setup',
    'certificates',
    'smtp',
  ],
};

const source = join(import.meta.dirname, '..', 'src');

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const targets = text.matchAll(/(?:from|import\(|^import)\s*'(\.[^']+)'/gm);
  return Array.from(targets, ([, target = '']) => ({
    file,
    target: relative(source, join(source, dirname(file), target)),
  }));
}

const files = globSync('**/*.ts', { cwd: source });
const imports = files.flatMap(importsOf);

function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

const crossings = imports.filter(({ file, target }) => roomOf(file) !== roomOf(target));

test('every room is in the plan', () => {
  const rooms = new Set(files.map(roomOf).filter((room) => room !== '' && room !== 'commands'));
  expect([...rooms].toSorted()).toEqual(Object.keys(allowed).toSorted());
});

test('the plan is the one that is described', () => {
  const rows = describedRows('docs/architecture.md', ['Room', 'May enter', 'Task']);
  const described = rows.map((row) => [row.Room, row['May enter'].split(', ').filter((room) => room !== '')]);
  expect(Object.fromEntries(described)).toEqual(allowed);
});

test('a room imports only rooms below it', () => {
  const wrong = crossings.filter(({ file, target }) => {
    const rooms = allowed[roomOf(file)];
    return rooms !== undefined && !rooms.includes(roomOf(target));
  });
  expect(wrong).toEqual([]);
});

test('a room is entered through its index', () => {
  const wrong = crossings.filter(({ target }) => roomOf(target) in allowed && target !== `${roomOf(target)}/index.ts`);
  expect(wrong).toEqual([]);
});

test('the plan has no circle', () => {
  const placed = new Set<string>();
  for (const [room, below] of Object.entries(allowed)) {
    expect(below.filter((other) => !placed.has(other))).toEqual([]);
    placed.add(room);
  }
});

test('no room knows the commands or the command line', () => {
  const wrong = crossings.filter(({ file, target }) => roomOf(file) in allowed && !(roomOf(target) in allowed));
  expect(wrong).toEqual([]);
});

test('only commands know the sandbox: a real gateway stands without it', () => {
  const users = crossings.filter(({ target }) => roomOf(target) === 'sandbox').map(({ file }) => roomOf(file));
  expect([...new Set(users)]).toEqual(['commands']);
});

test('GetListOfReceivedMessages, which delivers, is called from one function', () => {
  const callers = files.filter(
    (file) => roomOf(file) !== 'isds' && /\.listReceived\(/.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(callers).toEqual(['mailbox/pickup.ts']);
});
