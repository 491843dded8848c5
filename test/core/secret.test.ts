import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createLog, Secret } from '../../src/core/index.ts';

const secret = new Secret('Heslo-1234');

test('a secret is told only when asked for by name', () => {
  expect(secret.reveal()).toBe('Heslo-1234');
});

test('a secret prints as *** in text, JSON and inspection', () => {
  expect([secret.toString(), JSON.stringify({ secret }), inspect({ secret })].join()).not.toContain('Heslo');
  expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
});

test('a secret that gets into a log line stays hidden', () => {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).info({ password: secret }, 'logged in');
  expect(JSON.parse(lines.join(''))).toMatchObject({ password: '***', msg: 'logged in' });
});
