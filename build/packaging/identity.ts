/** What the package is called, to each system that installs it. */
import type { BuildFlavour } from '../build-flavour.ts';

const appId = 'uk.cpis-viewer.desktop';
const productName = 'CP-IS Viewer';
const executableName = 'cpis-viewer';

export interface Identity {
  readonly appId: string;
  readonly productName: string;
  readonly executableName: string;
  /** Never to be changed: Windows Installer knows an older version by it. */
  readonly msiUpgradeCode: string;
  /** Never to be changed: the NSIS installer and software inventories recognise an older version by it. */
  readonly nsisGuid: string;
}

/** The training edition is another application to a system: it installs, stores and opens apart. */
export function identityOf(flavour: BuildFlavour): Identity {
  return flavour === 'training'
    ? {
        appId: `${appId}.training`,
        productName: `${productName} Training`,
        executableName: `${executableName}-training`,
        msiUpgradeCode: 'A2C46F0E-7F4B-4C0E-8C53-6D4C5B1E9D10',
        nsisGuid: '0f158127-bd91-5fcb-af03-36eeaf986dc3',
      }
    : {
        appId,
        productName,
        executableName,
        msiUpgradeCode: '5D0C8E0B-4E0B-4A53-9C4D-6A1D0B0F7C21',
        nsisGuid: '074fbeb9-b2e9-56d6-bbd8-c3061c435aa6',
      };
}

export const linkScheme = 'cpis-viewer';

/** Package formats demand an address and a name; this project has no public home yet, and says so. */
export const homepage = 'https://cpis-viewer.invalid/';
export const maintainer = 'CP-IS Viewer <maintainers@cpis-viewer.invalid>';

/** Put behind the version of every build on the fallback runtime: in file names, in installers and on the screen. */
export const fallbackMark = 'fallback-not-for-release';
