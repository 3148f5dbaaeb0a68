/** What the bundles of Electron's side have in common: all in but Electron and Node themselves, nothing on the outside. */
import { fileURLToPath } from 'node:url';
import type { Rolldown, UserConfig } from 'vite';
import { oneFileStart } from './vite.one-file-start.ts';

/** conf, which electron-store uses, brings 145 kB of ajv for schemas. The viewer gives it none. */
const noSchemas = fileURLToPath(new URL('./no-json-schemas.ts', import.meta.url));

/** when-exit ends the process at once, before the viewer has signed the user out. */
const noExitHooks = fileURLToPath(new URL('./no-exit-hooks.ts', import.meta.url));

/** dbus-native describes remote objects with xml2js, and loads it then: 200 kB that are never asked for here. */
const noXml = fileURLToPath(new URL('./no-xml.ts', import.meta.url));

export function nodeBundle(entry: string, output: Rolldown.OutputOptions): UserConfig {
  return {
    publicDir: false,
    plugins: [oneFileStart],
    resolve: {
      alias: {
        'ajv/dist/2020.js': noSchemas,
        'ajv-formats': noSchemas,
        'when-exit': noExitHooks,
        xml2js: noXml,
      },
    },
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
