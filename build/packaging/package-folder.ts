import path from 'node:path';
import type { BuildFlavour } from '../build-viewer.ts';

/** Where the packages of a flavour are written. Apart, so that who only looks need not load electron-builder. */
export function packageFolder(flavour: BuildFlavour): string {
  return path.join(import.meta.dirname, '..', '..', 'out', 'package', flavour);
}
