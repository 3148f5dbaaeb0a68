/**
 * Bundles the main process into one CommonJS file that loads at once; what it imports later on becomes a chunk beside
 * it. The target is the oldest Node that an Electron of this project carries.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { nodeBundle } from './vite.node-bundle.ts';

export default defineConfig({
  ...nodeBundle(fileURLToPath(new URL('../electron/main.ts', import.meta.url)), {
    entryFileNames: 'main.js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  }),
});
