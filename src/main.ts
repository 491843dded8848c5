#!/usr/bin/env -S node --max-semi-space-size=1 --no-maglev
/** The door: refuses a Node that is too old in words, before anything is loaded that it would not understand. */

// The young generation is kept small in the first line: what streams by are buffers, which then are given back while they are
// few. With Node's own size they are found only by full collections: 70 MB more memory and half of the speed. Of V8's compilers
// the middle one is left out: loading alone makes it compile, for eight megabytes, what never runs again, and transfers are not
// slower without it.

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
