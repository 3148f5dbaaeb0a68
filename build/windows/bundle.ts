/**
 * Bundles a file of `windows/` as the viewer's own main process is bundled, so that any Node from 20 on runs it. Electron is
 * replaced by a double: the tests have no window.
 */
import path from 'node:path';
import { build } from 'vite';
import { nodeBundle } from '../bundles/node-bundle.ts';
import { root } from '../root.ts';

const electronDouble = path.join(root, 'windows', 'support', 'electron-double.ts');

export const bundleFolder = path.join(root, 'out', 'windows');

/** Returns the bundle's path. */
export async function bundleForWindows(name: 'tests' | 'programs'): Promise<string> {
  const entryFileNames = `${name}.cjs`;
  const output = { entryFileNames, codeSplitting: false, format: 'cjs' } as const;
  const bundle = nodeBundle(`windows/${name}.ts`, output);
  await build({
    ...bundle,
    configFile: false,
    logLevel: 'warn',
    define: { ...bundle.define, __BUILD_FLAVOUR__: '"release"' },
    resolve: { alias: { ...bundle.resolve?.alias, electron: electronDouble } },
    build: {
      ...bundle.build,
      outDir: bundleFolder,
      minify: false,
      // Not `electron`, which the viewer's own bundles leave outside.
      rolldownOptions: { output },
    },
  });
  return path.join(bundleFolder, entryFileNames);
}
