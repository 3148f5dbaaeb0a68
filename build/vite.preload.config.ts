/** Bundles the preload: one CommonJS file, since a sandboxed preload can load no other. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { nodeBundle } from './vite.node-bundle.ts';

export default defineConfig({
  ...nodeBundle(fileURLToPath(new URL('../electron/preload.ts', import.meta.url)), {
    entryFileNames: 'preload.js',
    codeSplitting: false,
  }),
});
