/** What the bundles of Electron's side have in common: all in but Electron and Node themselves, nothing on the outside. */
import type { Rolldown, UserConfig } from 'vite';
import { oneFileStart } from './vite.one-file-start.ts';

export function nodeBundle(entry: string, output: Rolldown.OutputOptions): UserConfig {
  return {
    publicDir: false,
    plugins: [oneFileStart],
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      target: 'node20',
      emptyOutDir: false,
      sourcemap: false,
      minify: 'oxc',
      rolldownOptions: { external: ['electron'], output: { ...output, format: 'cjs' } },
    },
  };
}
