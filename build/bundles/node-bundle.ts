/** The bundles that run outside a page: all is in them but Electron and Node themselves. */
import path from 'node:path';
import type { InlineConfig, Plugin, Rolldown } from 'vite';
import { root } from '../root.ts';
import { oneFileStart } from './one-file-start.ts';

/** A file for each library: one that two chunks shared would become a third, which the start would load. */
const leftOutOf = (library: 'dbus-native' | 'electron-store') =>
  path.join(import.meta.dirname, `left-out-of-${library}.ts`);
const leftOut = leftOutOf('electron-store');

/** `entry`: from the root. The target is the oldest Node that an Electron of this project carries. */
export function nodeBundle(entry: string, output: Rolldown.OutputOptions): InlineConfig {
  return {
    publicDir: false,
    plugins: [oneFileStart],
    resolve: {
      alias: {
        'ajv/dist/2020.js': leftOut,
        'ajv-formats': leftOut,
        semver: leftOut,
        'when-exit': leftOut,
        xml2js: leftOutOf('dbus-native'),
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(root, entry),
      target: 'node20',
      emptyOutDir: false,
      sourcemap: false,
      minify: 'oxc',
      rolldownOptions: { external: ['electron'], output: { format: 'cjs', ...output } },
    },
  };
}

/** One file that loads at once; what it imports later on becomes a chunk beside it. */
export const mainBundle = nodeBundle('electron/main.ts', {
  entryFileNames: 'main.js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});

/** One file, since a sandboxed preload can load no other. */
export const preloadBundle = nodeBundle('electron/preload.ts', {
  entryFileNames: 'preload.js',
  codeSplitting: false,
});

/** The native part of pkcs11js cannot be bundled: it lies beside the bundle, under the one name that is left outside. */
const nativePartBeside: Plugin = {
  name: 'native-part-beside',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/pkcs11.node') ? { id: './pkcs11.node', external: true } : undefined,
};

const pkcs11Host = nodeBundle('electron/identity/signers/pkcs11/host.ts', {
  entryFileNames: 'pkcs11-host.js',
  codeSplitting: false,
});

/** The process that a PKCS #11 token's library runs in. */
export const pkcs11HostBundle: InlineConfig = { ...pkcs11Host, plugins: [oneFileStart, nativePartBeside] };

const simulator = nodeBundle('simulator/main.ts', {
  entryFileNames: 'simulator.mjs',
  codeSplitting: false,
  format: 'esm',
});

/** For the training flavour: an ECMAScript module, as its main file waits at the top level. */
export const simulatorBundle: InlineConfig = {
  ...simulator,
  build: {
    ...simulator.build,
    // One of the server's libraries has an eval for its deprecation notices.
    rolldownOptions: { ...simulator.build?.rolldownOptions, checks: { eval: false } },
  },
};
