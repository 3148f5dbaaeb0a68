/** Unit tests: beside the file they test, in plain Node. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Nothing in them changes what belongs to the process or to a module, so that their files can share a worker. */
const together = '{e2e,renderer,shared,simulator}/**/*.test.{ts,tsx}';
const isolated = '{build,electron}/**/*.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  define: { __BUILD_FLAVOUR__: '"test"' },
  test: {
    exclude: ['**/node_modules/**', 'out/**'],
    // Only a test that hangs takes so long: thousands of generated answers take ten seconds on a busy machine.
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'isolated', include: [isolated] } },
      { extends: true, test: { name: 'together', include: [together], isolate: false } },
    ],
  },
});
