/**
 * What a package holds. The one list that packaging copies by and the verifier reads by: whatever is not named here
 * does not get in, and should it be in all the same, the package is refused.
 */
import type { BuildFlavour } from '../build-flavour.ts';

/**
 * Named by app.asar, but beside it, in `app.asar.unpacked`: what the system's loader must be able to open, and in the
 * training edition the simulator, a module that Electron loads from no archive.
 */
export function unpackedFiles(flavour: BuildFlavour): readonly string[] {
  return flavour === 'training' ? ['pkcs11.node', 'simulator.mjs'] : ['pkcs11.node'];
}

/** Inside app.asar; globs. */
export const packedFiles: readonly string[] = [
  'package.json',
  'main.js',
  'preload.js',
  'pkcs11-host.js',
  'chunks/*.js',
  'renderer/index.html',
  'renderer/assets/*.{js,css,svg,png}',
];

/** Beside app.asar, in the folder `resources`; made by packaging. */
export const sbomFile = 'sbom.cdx.json';
export const ownLicenceFile = 'LICENSE.txt';
export const licencesFile = 'THIRD-PARTY-LICENCES.txt';

/** Electron's licence documents, by electron-builder's names. */
export const electronLicenceFile = 'LICENSE.electron.txt';
export const chromiumLicencesFile = 'LICENSES.chromium.html';

/** The languages of Chromium's own words (dialogues, context menus) that are kept. */
export const chromiumLanguages: readonly string[] = ['en-GB', 'en-US'];

/** A package that exceeds these contains something that it does not need. */
export const maximumBytes = {
  asar: 2 * 1024 * 1024,
  main: 350 * 1024,
  preload: 10 * 1024,
  /** Compressed with gzip. */
  rendererEntry: 250 * 1024,
  /** Each file beside app.asar. */
  unpacked: 2 * 1024 * 1024,
  /** All files together, unpacked; Electron itself is nearly all of it. */
  package: 400 * 1024 * 1024,
} as const;
