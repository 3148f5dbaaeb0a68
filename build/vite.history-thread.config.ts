/** Bundles the thread that reads an access history. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { nodeBundle } from './vite.node-bundle.ts';

export default defineConfig(
  nodeBundle(fileURLToPath(new URL('../electron/clinical/cpis/history-thread-entry.ts', import.meta.url)), {
    entryFileNames: 'history-thread.js',
    codeSplitting: false,
  }),
);
