/** Turns the sources into an app folder that Electron can open; does nothing when it is already there. */
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type InlineConfig, mergeConfig } from 'vite';
import type { BuildFlavour } from './build-flavour.ts';
import { mainBundle, pkcs11HostBundle, preloadBundle, simulatorBundle } from './bundles/node-bundle.ts';
import { rendererBundle } from './bundles/renderer-bundle.ts';
import { compilePkcs11, nativePkcs11 } from './native-pkcs11.ts';
import { watchBundledPackages } from './packaging/bundled-packages.ts';
import { publicKeyText, readUpdateKey } from './packaging/update-key.ts';
import { root } from './root.ts';
import { sourceStamp } from './source-stamp.ts';
import { log } from './terminal/log.ts';

export const buildInputs = [
  'electron',
  'renderer',
  'shared',
  'docs/user-guide.md',
  'build/build-viewer.ts',
  'build/bundles',
  'package.json',
  'package-lock.json',
];

/** Where the app of a flavour lies. Each has its own, so that tests and packages never change a viewer that is open. */
export function appFolder(flavour: BuildFlavour): string {
  return path.join(root, 'out', flavour === 'development' ? 'app' : `app-${flavour}`);
}

/** The list of npm packages that the app of a flavour holds; see `packaging/bundled-packages.ts`. */
export function bundledPackagesFile(flavour: BuildFlavour): string {
  return `${appFolder(flavour)}.packages.json`;
}

/** The app folder. Throws where it cannot be made; `development` alone needs no compiler. */
export async function buildViewer(flavour: BuildFlavour): Promise<string> {
  const folder = appFolder(flavour);
  const stampFile = `${folder}.stamp`;
  const sources = flavour === 'training' ? [...buildInputs, 'simulator'] : buildInputs;
  const updateKey = publicKeyText(await readUpdateKey(flavour));
  const stamp = `${flavour} ${await sourceStamp(root, sources)} ${updateKey}`;
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
    log(`The viewer is already built (${flavour}).`);
    return folder;
  }

  const started = performance.now();
  await rm(stampFile, { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { plugin, locations } = watchBundledPackages(root);
  const define = { __BUILD_FLAVOUR__: JSON.stringify(flavour), __UPDATE_KEY__: JSON.stringify(updateKey) };
  const bundle = (config: InlineConfig, outDir: string) =>
    build(
      mergeConfig<InlineConfig, InlineConfig>(config, {
        configFile: false,
        logLevel: 'warn',
        define,
        build: { outDir },
        plugins: [plugin],
      }),
    );
  await Promise.all([
    ...[
      mainBundle,
      preloadBundle,
      pkcs11HostBundle,
      ...(flavour === 'training' ? [simulatorBundle] : []),
    ].map((config) => bundle(config, folder)),
    bundle(rendererBundle, path.join(folder, 'renderer')),
    describeApp(folder),
    addPkcs11(folder, flavour),
  ]);
  await writeFile(bundledPackagesFile(flavour), `${JSON.stringify(locations(), null, 2)}\n`);
  await writeFile(stampFile, stamp);
  const { size } = await stat(path.join(folder, 'main.js'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(`Built the viewer (${flavour}) in ${seconds} s; main.js has ${Math.round(size / 1024)} kB.`);
  return folder;
}

async function addPkcs11(folder: string, flavour: BuildFlavour): Promise<void> {
  try {
    await compilePkcs11();
    await copyFile(nativePkcs11, path.join(folder, 'pkcs11.node'));
  } catch (error) {
    // A developer who only wants to see the viewer needs no compiler.
    if (flavour !== 'development') throw error;
    log('This machine cannot compile the PKCS #11 part: the viewer is built without it.');
  }
}

async function describeApp(folder: string): Promise<void> {
  const { name, productName, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const description = { name, productName, version, main: 'main.js' };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}
