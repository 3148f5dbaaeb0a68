/** Makes the packages of one flavour: everything of the wanted targets that this machine can make. */
import { type KeyObject, sign } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import type { BuildFlavour } from '../build-flavour.ts';
import { buildViewer } from '../build-viewer.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { root } from '../root.ts';
import { writeDocuments } from './documents.ts';
import { archNumbers, electronBuilderConfig } from './electron-builder-config.ts';
import { manifestOf, sha256Of, writeManifest } from './manifest.ts';
import { manifestFile, packageFolder, unpackedFolder } from './package-folder.ts';
import { packageVersion } from './release-runtime.ts';
import type { PackageTarget, TargetArch, TargetPlatform } from './targets.ts';
import { readUpdateKey, writeSignedFeed } from './update-key.ts';
import { layoutOf } from './verify/layout.ts';
import { writeInstallerScript } from './windows/installer-script.ts';

const platforms: Readonly<Record<TargetPlatform, Platform>> = {
  linux: Platform.LINUX,
  win32: Platform.WINDOWS,
  darwin: Platform.MAC,
};

export interface PackagesWanted {
  readonly flavour: BuildFlavour;
  readonly runtime: ElectronRuntime;
  readonly targets: readonly PackageTarget[];
  readonly signed: boolean;
}

/** Returns the files that were made; the target `dir` makes the manifest alone. */
export async function buildPackages({
  flavour,
  runtime,
  targets,
  signed,
}: PackagesWanted): Promise<readonly string[]> {
  await buildViewer(flavour);
  const output = packageFolder(flavour);
  const documents = path.join(root, 'out', 'package', `documents-${flavour}`);
  const version = packageVersion(await ownVersion(), runtime);
  await rm(output, { recursive: true, force: true });
  await writeDocuments(root, documents, { flavour, version, electron: runtime.version });
  await writeInstallerScript(documents, flavour);

  const updateKey = await readUpdateKey(flavour);
  const made: string[] = [];
  for (const [platform, arch, formats] of byElectron(targets)) {
    const artifacts = await build({
      projectDir: root,
      publish: 'never',
      targets: platforms[platform].createTarget([...formats], archNumbers[arch]),
      config: electronBuilderConfig({
        flavour,
        platform,
        version,
        runtime,
        output,
        documents,
        signed,
      }),
    });
    // Signed and finished: what every format was packed from.
    const { folder } = layoutOf(unpackedFolder(flavour, platform, arch), flavour);
    const manifest = manifestFile(flavour, platform, arch);
    await writeManifest(manifest, await manifestOf(folder));
    made.push(...artifacts, manifest);
  }
  if (updateKey !== undefined) made.push(...(await writeSignedFeed(output, version, updateKey)));
  await writeSums(output, made, updateKey);
  return made;
}

/** One run of electron-builder packs one Electron, for as many formats as are wanted of it. */
function byElectron(
  targets: readonly PackageTarget[],
): readonly (readonly [TargetPlatform, TargetArch, readonly string[]])[] {
  const groups = new Map<string, readonly [TargetPlatform, TargetArch, string[]]>();
  for (const { platform, arch, format } of targets) {
    const group = groups.get(`${platform} ${arch}`);
    if (group === undefined) groups.set(`${platform} ${arch}`, [platform, arch, [format]]);
    else group[2].push(format);
  }
  return [...groups.values()];
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  if (typeof version !== 'string') throw new Error('package.json has no version.');
  return version;
}

/**
 * `sha256sum --check SHA256SUMS` tells a site whether its copy is what was made. With the publisher's key it is signed, as
 * `openssl pkeyutl -verify -rawin` reads it; a feed's signature has another first line under it and counts for no sums.
 */
async function writeSums(
  folder: string,
  files: readonly string[],
  key: KeyObject | undefined,
): Promise<void> {
  const lines: string[] = [];
  for (const file of [...files].sort())
    lines.push(`${await sha256Of(file)}  ${path.relative(folder, file)}\n`);
  const sums = path.join(folder, 'SHA256SUMS');
  await writeFile(sums, lines.join(''));
  if (key !== undefined) await writeFile(`${sums}.sig`, sign(null, Buffer.from(lines.join('')), key));
}
