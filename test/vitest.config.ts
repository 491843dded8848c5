import { defineConfig } from 'vitest/config';
import { NamedSkips } from './named-skips.ts';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    // Key generation and TLS handshakes on a two-core machine; no test waits on purpose.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', new NamedSkips()],
  },
});
