/**
 * Fails the build when the bundle's entry loads a chunk at once. A start reads one file; what can wait is imported with
 * `await import(...)`, and a chunk that slips in before the window costs time without a test that fails.
 */
import type { Plugin } from 'vite';

export const oneFileStart: Plugin = {
  name: 'one-file-start',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isEntry) continue;
      const atOnce = chunk.imports.filter((imported) => imported in bundle);
      if (atOnce.length === 0) continue;
      this.error(
        `${chunk.fileName} loads ${atOnce.join(', ')} at its start: bundle that code into it, or load it later.`,
      );
    }
  },
};
