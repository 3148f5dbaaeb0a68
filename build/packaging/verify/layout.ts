import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildFlavour } from '../../build-flavour.ts';
import { identityOf } from '../identity.ts';
import type { TargetPlatform } from '../targets.ts';

export interface Layout {
  /** The package's own folder; every file in it is looked at. */
  readonly folder: string;
  readonly executable: string;
  readonly resources: string;
  /** Where Electron's own licences lie. */
  readonly documents: string;
  readonly system: TargetPlatform;
}

/** Where things lie in an unpacked or installed package of whichever system it is for. Throws where there is none. */
export function layoutOf(folder: string, flavour: BuildFlavour): Layout {
  const { executableName, productName } = identityOf(flavour);
  const bundle = path.extname(folder) === '.app' ? folder : path.join(folder, `${productName}.app`);
  const contents = path.join(bundle, 'Contents');
  const besides = { folder, resources: path.join(folder, 'resources'), documents: folder };
  const layouts: readonly Layout[] = [
    { ...besides, executable: path.join(folder, `${executableName}.exe`), system: 'win32' },
    {
      folder: bundle,
      executable: path.join(contents, 'MacOS', productName),
      resources: path.join(contents, 'Resources'),
      documents: path.join(contents, 'Resources'),
      system: 'darwin',
    },
    { ...besides, executable: path.join(folder, executableName), system: 'linux' },
  ];
  const layout = layouts.find(({ executable }) => existsSync(executable));
  if (layout === undefined)
    throw new Error(`${folder} holds no package: there is no ${executableName} in it.`);
  return layout;
}
