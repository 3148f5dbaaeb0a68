/**
 * Bundles the simulator for the training flavour: an ECMAScript module, as its main file waits at the top level, which
 * Electron runs in a utility process.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: fileURLToPath(new URL('../simulator/main.ts', import.meta.url)),
    target: 'node20',
    emptyOutDir: false,
    sourcemap: false,
    minify: 'oxc',
    rolldownOptions: {
      output: { entryFileNames: 'simulator.mjs', codeSplitting: false, format: 'esm' },
      // One of the server's libraries has an eval for its deprecation notices.
      checks: { eval: false },
    },
  },
});
