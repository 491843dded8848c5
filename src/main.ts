#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=2
/** The door: refuses a Node that is too old in words, before anything is loaded that it would not understand. */

import { setFlagsFromString } from 'node:v8';

// The young generation is kept small in the first line: what streams by are buffers, which then are given back while they are
// few. With Node's own size they are found only by full collections, with more memory and half of the speed; with half of this
// size more of them outlive it, and are found only then, too. And the threads of Node share their free memory (glibc): most of
// what one of them gives back another one needs next.

// Loading runs some functions a thousand times and then never again; to compile those takes six megabytes. A number in V8 that
// only says when to compile; an unknown one is ignored.
setFlagsFromString('--invocation-count-for-maglev=2500');

/** Fixes in node:sqlite and in TLS identity checks that the gateway relies on came with this one. */
const OLDEST_NODE = [24, 18, 1] as const;

function isOlder(found: readonly number[], wanted: readonly number[]): boolean {
  const index = wanted.findIndex((part, place) => found[place] !== part);
  return index !== -1 && (found[index] ?? 0) < (wanted[index] ?? 0);
}

if (isOlder(process.versions.node.split('.').map(Number), OLDEST_NODE)) {
  process.stderr.write(
    `Poštolka needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'On Linux "npm ci" brings the right one along: start with "npm start". Elsewhere install Node 24.\n',
  );
  process.exitCode = 1;
} else {
  const { run } = await import('./cli.ts');
  process.exitCode = await run(process.argv.slice(2));
}
