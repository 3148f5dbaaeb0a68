/** What the package is called, to each system that installs it. */
import { type InstallationNames, installations } from '../../shared/installation.ts';
import type { BuildFlavour } from '../build-flavour.ts';

/** Every flavour but training has the names of the release. */
export function identityOf(flavour: BuildFlavour): InstallationNames {
  return installations[flavour === 'training' ? 'training' : 'release'];
}

/** Package formats demand an address and a name; this project has no public home yet, and says so. */
export const homepage = 'https://cpis-viewer.invalid/';
export const publisher = {
  name: installations.release.productName,
  email: 'maintainers@cpis-viewer.invalid',
};
export const maintainer = `${publisher.name} <${publisher.email}>`;

/** Put behind the version of every build on the fallback runtime: in file names, in installers and on the screen. */
export const fallbackMark = 'fallback-not-for-release';
