/** Turns the sources into an app folder that Electron can open; does nothing when it is already there. */
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin } from 'vite';
import type { BuildFlavour } from './build-flavour.ts';
import { compilePkcs11, nativePkcs11 } from './native-pkcs11.ts';
import { watchBundledPackages } from './packaging/bundled-packages.ts';
import { publicKeyText, readUpdateKey } from './packaging/update-key.ts';
import { sourceStamp } from './source-stamp.ts';
import { log } from './terminal/log.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const configs = ['main', 'preload', 'pkcs11-host', 'renderer'].map((part) => `build/vite.${part}.config.ts`);
const bundling = ['build/build-viewer.ts', 'build/vite.node-bundle.ts', 'build/user-guide.ts', ...configs];
const simulatorConfig = 'build/vite.simulator.config.ts';
export const buildInputs = [
  'electron',
  'renderer',
  'shared',
  'docs/user-guide.md',
  ...bundling,
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

export async function buildViewer(flavour: BuildFlavour): Promise<string> {
  const folder = appFolder(flavour);
  const stampFile = `${folder}.stamp`;
  const sources = flavour === 'training' ? [...buildInputs, 'simulator', simulatorConfig] : buildInputs;
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
  await Promise.all([
    bundle('vite.main.config.ts', folder, define, plugin),
    bundle('vite.preload.config.ts', folder, define, plugin),
    bundle('vite.pkcs11-host.config.ts', folder, define, plugin),
    bundle('vite.renderer.config.ts', path.join(folder, 'renderer'), define, plugin),
    ...(flavour === 'training' ? [bundle('vite.simulator.config.ts', folder, define, plugin)] : []),
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

async function bundle(
  config: string,
  outDir: string,
  define: Readonly<Record<string, string>>,
  plugin: Plugin,
): Promise<void> {
  const inline: InlineConfig = {
    configFile: path.join(root, 'build', config),
    // Read as plain TypeScript by this Node: no bundle of the config is written next to it.
    configLoader: 'native',
    logLevel: 'warn',
    define: { ...define },
    build: { outDir },
    plugins: [plugin],
  };
  await build(inline);
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
