/**
 * Bundles the process that a PKCS #11 token's library runs in. The native part of pkcs11js cannot be bundled: it lies
 * beside the bundle, under the one name that is left outside.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { nodeBundle } from './vite.node-bundle.ts';

const nativePartBeside: Plugin = {
  name: 'native-part-beside',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/pkcs11.node') ? { id: './pkcs11.node', external: true } : undefined,
};

const bundle = nodeBundle(
  fileURLToPath(new URL('../electron/identity/signers/pkcs11/host.ts', import.meta.url)),
  { entryFileNames: 'pkcs11-host.js', codeSplitting: false },
);

export default defineConfig({ ...bundle, plugins: [...(bundle.plugins ?? []), nativePartBeside] });
