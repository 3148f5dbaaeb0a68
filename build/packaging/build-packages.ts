/** Makes the packages of one flavour: everything of the wanted targets that this machine can make. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { build, Platform } from 'electron-builder';
import { type BuildFlavour, buildViewer } from '../build-viewer.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { writeDocuments } from './documents.ts';
import { archNumbers, electronBuilderConfig } from './electron-builder-config.ts';
import { packageFolder } from './package-folder.ts';
import { packageVersion } from './release-runtime.ts';
import type { PackageTarget, TargetArch, TargetPlatform } from './targets.ts';
import { readUpdateKey, writeSignedFeed } from './update-key.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

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

/** Returns the files that were made; the target `dir` makes none. */
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

  const updateKey = await readUpdateKey(flavour);
  const made: string[] = [];
  for (const [platform, arch, formats] of byElectron(targets)) {
    const artifacts = await build({
      projectDir: root,
      publish: 'never',
      targets: platforms[platform].createTarget([...formats], archNumbers[arch]),
      config: electronBuilderConfig({
        flavour,
        version,
        runtime,
        output,
        documents,
        signed,
      }),
    });
    made.push(...artifacts);
  }
  if (updateKey !== undefined && made.length > 0)
    made.push(...(await writeSignedFeed(output, version, updateKey)));
  if (made.length > 0) await writeSums(output, made);
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

/** `sha256sum --check SHA256SUMS` tells a site whether its copy is what was made. */
async function writeSums(folder: string, files: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for (const file of [...files].sort()) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    lines.push(`${hash.digest('hex')}  ${path.relative(folder, file)}\n`);
  }
  await writeFile(path.join(folder, 'SHA256SUMS'), lines.join(''));
}
