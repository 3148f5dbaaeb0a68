/** Where things lie in an unpacked or installed package of each system. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildFlavour } from '../../build-flavour.ts';
import { identityOf } from '../identity.ts';

export interface Layout {
  /** The package's own folder; every file in it is looked at. */
  readonly folder: string;
  readonly executable: string;
  readonly resources: string;
  /** Where Electron's own licences lie. */
  readonly documents: string;
  readonly system: 'linux' | 'win32' | 'darwin';
}

export function layoutOf(folder: string, flavour: BuildFlavour): Layout {
  const { executableName, productName } = identityOf(flavour);
  const windows = path.join(folder, `${executableName}.exe`);
  if (existsSync(windows))
    return {
      folder,
      executable: windows,
      resources: path.join(folder, 'resources'),
      documents: folder,
      system: 'win32',
    };

  const bundle = path.extname(folder) === '.app' ? folder : path.join(folder, `${productName}.app`);
  if (existsSync(bundle)) {
    const contents = path.join(bundle, 'Contents');
    const executable = path.join(contents, 'MacOS', productName);
    const resources = path.join(contents, 'Resources');
    return { folder: bundle, executable, resources, documents: resources, system: 'darwin' };
  }

  const linux = path.join(folder, executableName);
  if (existsSync(linux))
    return {
      folder,
      executable: linux,
      resources: path.join(folder, 'resources'),
      documents: folder,
      system: 'linux',
    };
  throw new Error(`${folder} holds no package: there is no ${executableName} in it.`);
}
