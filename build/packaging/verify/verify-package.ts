import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildFlavour } from '../../build-flavour.ts';
import { electronVersionIn } from '../../electron-runtime/electron-version.ts';
import {
  chromiumLicencesFile,
  electronLicenceFile,
  licencesFile,
  maximumBytes,
  ownLicenceFile,
  sbomFile,
} from '../contents.ts';
import { fuseProblems, fusesFor, readFuses } from '../fuses.ts';
import { manifestOf, manifestProblems, readManifest } from '../manifest.ts';
import { readAsar } from './asar-archive.ts';
import { asarProblems, tooLarge } from './check-asar.ts';
import { documentProblems, runtimeProblems } from './check-documents.ts';
import { fileProblems } from './check-files.ts';
import { secretProblems, secretsInArchive } from './check-secrets.ts';
import { type Layout, layoutOf } from './layout.ts';

export interface Expectation {
  readonly flavour: BuildFlavour;
  /** Published beside the package: the SHA-256 of each of its files. From anywhere but the package itself. */
  readonly manifest: string;
  readonly fallbackAllowed: boolean;
  /** Whether it lies where a system has installed it, and so belongs to root. */
  readonly installed: boolean;
}

export interface Verification {
  readonly problems: readonly string[];
  readonly summary: string;
}

/** Reads a built package and names everything in which it is not as it should be. */
export async function verifyPackage(folder: string, expected: Expectation): Promise<Verification> {
  const layout = layoutOf(path.resolve(folder), expected.flavour);
  const { executable, resources } = layout;
  const asarFile = path.join(resources, 'app.asar');
  const asar = readAsar(asarFile);
  const { size: asarSize } = await stat(asarFile);
  const documents = await readDocuments(layout);
  const build = {
    version: versionIn(asar.files.find(({ name }) => name === 'package.json')?.content),
    electron: await electronVersionIn(executable),
  };

  const problems = [
    ...manifestProblems(
      await manifestOf(layout.folder),
      await readManifest(expected.manifest),
      layout.system,
    ),
    ...fuseProblems(await readFuses(executable), fusesFor(expected.flavour)),
    ...(await fileProblems(layout, expected)),
    ...asarProblems(asar, expected.flavour),
    ...tooLarge('app.asar', asarSize, maximumBytes.asar),
    ...documentProblems(documents, build),
    ...runtimeProblems(build, expected),
    ...secretsInArchive(asar),
    ...secretProblems(sbomFile, documents.sbom ?? ''),
  ];
  const kilobytes = Math.ceil(asarSize / 1024);
  const summary = `CP-IS Viewer ${build.version} (${layout.system}) on Electron ${build.electron}: ${asar.files.length} files, ${kilobytes} kB in app.asar`;
  return { problems, summary };
}

async function readDocuments({ resources, documents }: Layout) {
  const read = (folder: string, name: string) =>
    readFile(path.join(folder, name), 'utf8').catch(() => undefined);
  return {
    sbom: await read(resources, sbomFile),
    ownLicence: await read(resources, ownLicenceFile),
    licences: await read(resources, licencesFile),
    electronLicence: await read(documents, electronLicenceFile),
    chromiumLicences: await read(documents, chromiumLicencesFile),
  };
}

function versionIn(packageJson: Buffer | undefined): string | undefined {
  try {
    const { version } = JSON.parse(packageJson?.toString() ?? '');
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
