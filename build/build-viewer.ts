/** Turns the sources into an app folder that Electron can open; does nothing when it is already there. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { sourceStamp } from './source-stamp.ts';
import { say } from './terminal/say.ts';

export type BuildFlavour = 'development' | 'test' | 'release';

const root = fileURLToPath(new URL('..', import.meta.url));
const configs = ['main', 'preload', 'renderer'].map((part) => `build/vite.${part}.config.ts`);
const bundling = ['build/build-viewer.ts', 'build/vite.node-bundle.ts', ...configs];
const inputs = ['electron', 'renderer', 'shared', ...bundling, 'package.json', 'package-lock.json'];

/** Where the app of a flavour lies. The tests have their own, so that they never change a viewer that is open. */
export function appFolder(flavour: BuildFlavour): string {
  return path.join(root, 'out', flavour === 'test' ? 'app-test' : 'app');
}

export async function buildViewer(flavour: BuildFlavour): Promise<string> {
  const folder = appFolder(flavour);
  const stampFile = `${folder}.stamp`;
  const stamp = `${flavour} ${await sourceStamp(root, inputs)}`;
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
    say(`The viewer is already built (${flavour}).`);
    return folder;
  }

  const started = performance.now();
  await rm(stampFile, { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    bundle('vite.main.config.ts', folder, flavour),
    bundle('vite.preload.config.ts', folder, flavour),
    bundle('vite.renderer.config.ts', path.join(folder, 'renderer'), flavour),
    describeApp(folder),
  ]);
  await writeFile(stampFile, stamp);
  const { size } = await stat(path.join(folder, 'main.js'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Built the viewer (${flavour}) in ${seconds} s; main.js has ${Math.round(size / 1024)} kB.`);
  return folder;
}

async function bundle(config: string, outDir: string, flavour: BuildFlavour): Promise<void> {
  const inline: InlineConfig = {
    configFile: path.join(root, 'build', config),
    // Read as plain TypeScript by this Node: no bundle of the config is written next to it.
    configLoader: 'native',
    logLevel: 'warn',
    define: { __BUILD_FLAVOUR__: JSON.stringify(flavour) },
    build: { outDir },
  };
  await build(inline);
}

async function describeApp(folder: string): Promise<void> {
  const { name, productName, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const description = { name, productName, version, main: 'main.js' };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}
