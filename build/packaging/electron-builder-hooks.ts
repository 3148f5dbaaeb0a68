/** The two hooks that electron-builder calls. */
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import type { BuildFlavour } from '../build-flavour.ts';
import { fusesFor, setFuses } from './fuses.ts';
import { identityOf } from './identity.ts';
import { layoutOf } from './verify/layout.ts';

/** Removes from an unpacked Electron what only its default app needs. */
export async function stripElectron({
  appOutDir,
  electronPlatformName,
}: Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName'>): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
  await rm(path.join(appOutDir, resources, 'default_app.asar'), { force: true });
  await rm(path.join(appOutDir, 'version'), { force: true });
}

/** Runs just before the package is signed. */
export async function finishPackage({ appOutDir }: AfterPackContext, flavour: BuildFlavour): Promise<void> {
  const { executable, resources, system } = layoutOf(appOutDir, flavour);
  await setFuses(executable, fusesFor(flavour));
  if (system === 'linux') await addAppArmorProfile(resources, flavour);
  if (process.platform !== 'win32') await closeToOthers(appOutDir);
}

/** electron-builder adds it to deb and rpm alone, and so with the same text once more. */
async function addAppArmorProfile(resources: string, flavour: BuildFlavour): Promise<void> {
  const template = await readFile(path.join(import.meta.dirname, 'linux', 'apparmor-profile.tpl'), 'utf8');
  const { executableName } = identityOf(flavour);
  await writeFile(
    path.join(resources, 'apparmor-profile'),
    template.replaceAll(/\$\{(?:executable|sanitizedProductName)\}/g, executableName),
  );
}

/** Whatever this machine's umask is: everyone may read and start the files, and only their owner may change them. */
async function closeToOthers(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || ((await stat(file)).mode & 0o100) !== 0;
    await chmod(file, executable ? 0o755 : 0o644);
  }
}
