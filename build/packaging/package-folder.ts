/** Where packages are written. A separate file, so that a task that only reads packages does not load electron-builder. */
import path from 'node:path';
import type { BuildFlavour } from '../build-flavour.ts';
import { root } from '../root.ts';
import type { TargetArch, TargetPlatform } from './targets.ts';

/** `out/package/<flavour>`: emptied before packages are made. */
export function packageFolder(flavour: BuildFlavour): string {
  return path.join(root, 'out', 'package', flavour);
}

/** electron-builder's names for the folder that every other format is packed from. */
export function unpackedFolder(flavour: BuildFlavour, platform: TargetPlatform, arch: TargetArch): string {
  const system = { linux: 'linux', win32: 'win', darwin: 'mac' }[platform];
  const name = `${system}${arch === 'x64' ? '' : `-${arch}`}${platform === 'darwin' ? '' : '-unpacked'}`;
  return path.join(packageFolder(flavour), name);
}

/** The SHA-256 of every file in that folder, as `sha256sum --check` reads it. */
export function manifestFile(flavour: BuildFlavour, platform: TargetPlatform, arch: TargetArch): string {
  return path.join(packageFolder(flavour), `files-${platform}-${arch}.sha256`);
}
