/**
 * What a package holds. The one list that packaging copies by and the verifier reads by: whatever is not named here
 * does not get in, and should it be in all the same, the package is refused.
 */
import type { BuildFlavour } from '../build-viewer.ts';
import { identityOf } from './identity.ts';

/**
 * Named by app.asar, but beside it, in `app.asar.unpacked`: what the system's loader must be able to open, and in the
 * training edition the simulator, a module that Electron loads from no archive.
 */
export function unpackedFiles(flavour: BuildFlavour): readonly string[] {
  return flavour === 'training' ? ['pkcs11.node', 'simulator.mjs'] : ['pkcs11.node'];
}

/** Inside app.asar. */
export const asarFiles: readonly RegExp[] = [
  /^package\.json$/,
  /^main\.js$/,
  /^preload\.js$/,
  /^history-thread\.js$/,
  /^pkcs11-host\.js$/,
  /^chunks\/[\w-]+\.js$/,
  /^renderer\/index\.html$/,
  /^renderer\/assets\/[\w-]+\.(?:js|css|svg|png)$/,
];

/** The same, as electron-builder's patterns. */
export function asarPatterns(flavour: BuildFlavour): readonly string[] {
  return [...unpackedFiles(flavour), ...packedPatterns];
}

const packedPatterns = [
  'package.json',
  'main.js',
  'preload.js',
  'history-thread.js',
  'pkcs11-host.js',
  'chunks/*.js',
  'renderer/index.html',
  'renderer/assets/*.{js,css,svg,png}',
];

/** Beside app.asar, in the folder `resources`; made by packaging. */
export const sbomFile = 'sbom.cdx.json';
export const ownLicenceFile = 'LICENSE.txt';
export const licencesFile = 'THIRD-PARTY-LICENCES.txt';

/** The languages of Chromium's own words (dialogues, context menus) that are kept. */
export const chromiumLanguages: readonly string[] = ['en-GB', 'en-US'];

/** An unpacked Linux package: Electron's own files and ours, by their paths. */
export function belongsInLinuxPackage(file: string, flavour: BuildFlavour): boolean {
  return (
    file === identityOf(flavour).executableName ||
    unpackedFiles(flavour).some((name) => file === `resources/app.asar.unpacked/${name}`) ||
    linuxFiles.some((allowed) => allowed.test(file))
  );
}

const linuxFiles = [
  /^chrome-sandbox$/,
  /^chrome_crashpad_handler$/,
  /^chrome_(?:100|200)_percent\.pak$/,
  /^resources\.pak$/,
  /^icudtl\.dat$/,
  /^(?:snapshot_blob|v8_context_snapshot)\.bin$/,
  /^lib(?:EGL|GLESv2|ffmpeg|vk_swiftshader)\.so$/,
  /^libvulkan\.so\.1$/,
  /^vk_swiftshader_icd\.json$/,
  /^LICENSE\.electron\.txt$/,
  /^LICENSES\.chromium\.html$/,
  /^locales\/en-(?:GB|US)\.pak$/,
  /^resources\/app\.asar$/,
  /^resources\/sbom\.cdx\.json$/,
  /^resources\/LICENSE\.txt$/,
  /^resources\/THIRD-PARTY-LICENCES\.txt$/,
  // Written by electron-builder for the installers that it makes from the folder.
  /^resources\/(?:app-update\.yml|package-type|apparmor-profile)$/,
];

/** Bytes. A package that grows past these has taken in something that it does not need. */
export const largest = {
  asar: 2 * 1024 * 1024,
  main: 350 * 1024,
  preload: 10 * 1024,
  /** Compressed with gzip. */
  rendererEntry: 250 * 1024,
} as const;
