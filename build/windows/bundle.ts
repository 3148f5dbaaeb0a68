/**
 * Bundles a file of `windows/` as the viewer's own main process is bundled, so that any Node from 20 on runs it. Electron is
 * replaced by a double: the tests have no window.
 */
import path from 'node:path';
import { build, mergeConfig } from 'vite';
import { root } from '../verification/tools.ts';
import { nodeBundle } from '../vite.node-bundle.ts';

export const bundleFolder = path.join(root, 'out', 'windows');

/** Returns the bundle's path. */
export async function bundleForWindows(name: 'tests' | 'programs'): Promise<string> {
  const entryFileNames = `${name}.cjs`;
  await build(
    mergeConfig(
      nodeBundle(path.join(root, 'windows', `${name}.ts`), { entryFileNames, codeSplitting: false }),
      {
        configFile: false,
        logLevel: 'warn',
        define: { __BUILD_FLAVOUR__: '"release"' },
        resolve: { alias: { electron: path.join(root, 'windows', 'support', 'electron-double.ts') } },
        build: { outDir: bundleFolder, minify: false, rolldownOptions: { external: [] } },
      },
    ),
  );
  return path.join(bundleFolder, entryFileNames);
}
