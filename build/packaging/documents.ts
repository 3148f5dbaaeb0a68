import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuildFlavour } from '../build-flavour.ts';
import { bundledPackagesFile } from '../build-viewer.ts';
import { readBundledPackages } from './bundled-packages.ts';
import { licencesFile, ownLicenceFile, sbomFile } from './contents.ts';
import { thirdPartyLicences } from './licences.ts';
import { readLockedPackages } from './lockfile.ts';
import { createSbom } from './sbom.ts';

export interface DocumentedPackage {
  readonly flavour: BuildFlavour;
  readonly version: string;
  readonly electron: string;
}

/** The documents of a package: its licence, the licences of what it contains, and the bill of materials. */
export async function writeDocuments(
  root: string,
  folder: string,
  { flavour, version, electron }: DocumentedPackage,
): Promise<void> {
  const locations = await readBundledPackages(bundledPackagesFile(flavour));
  const packages = await readLockedPackages(root, locations);
  const sbom = createSbom({
    version,
    electron,
    packages,
    serialNumber: randomUUID(),
    timestamp: new Date(),
  });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(root, 'LICENSE'), path.join(folder, ownLicenceFile));
  await writeFile(path.join(folder, licencesFile), await thirdPartyLicences(root, packages));
  await writeFile(path.join(folder, sbomFile), `${JSON.stringify(sbom, null, 2)}\n`);
}
