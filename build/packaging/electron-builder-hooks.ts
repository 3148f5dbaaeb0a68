/** The two hooks that electron-builder calls. */
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import type { BuildFlavour } from '../build-flavour.ts';
import { fusesFor, setFuses } from './fuses.ts';
import { identityOf } from './identity.ts';

type Context = Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName'>;

/** Removes from an unpacked Electron what only its default app needs. */
export async function stripElectron({ appOutDir, electronPlatformName }: Context): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
  await rm(path.join(appOutDir, resources, 'default_app.asar'), { force: true });
  await rm(path.join(appOutDir, 'version'), { force: true });
}

/** Runs just before the package is signed. */
export async function finishPackage(context: AfterPackContext, flavour: BuildFlavour): Promise<void> {
  await setFuses(executableOf(context), fusesFor(flavour));
  if (context.electronPlatformName === 'linux')
    await addAppArmorProfile(context.packager.getResourcesDir(context.appOutDir), flavour);
  if (process.platform !== 'win32') await closeToOthers(context.appOutDir);
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

function executableOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'win32') return path.join(appOutDir, `${productFilename}.exe`);
  if (electronPlatformName === 'linux') return path.join(appOutDir, productFilename);
  return path.join(appOutDir, `${productFilename}.app`, 'Contents', 'MacOS', productFilename);
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
