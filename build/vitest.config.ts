/** Unit tests: beside the file they test, in plain Node. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  define: { __BUILD_FLAVOUR__: '"test"' },
  test: {
    include: ['{build,e2e,electron,renderer,shared,simulator}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'out/**'],
    // Only a test that hangs takes so long: thousands of generated answers take ten seconds on a busy machine.
    testTimeout: 60_000,
  },
});
