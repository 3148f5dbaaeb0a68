/**
 * What the viewer needs of a Linux machine beside Node: libraries for its window, a display, a keyring. On Debian and
 * its kin they are installed when they are missing; elsewhere the missing ones are named.
 */
import { access } from 'node:fs/promises';
import { run } from './commands/run.ts';
import {
  certificatePackages,
  compilerPackages,
  displayPackages,
  dpkgFormat,
  missingPackages,
  testPackages,
  windowPackages,
} from './debian-packages.ts';
import { log, reasonOf, warn } from './terminal/log.ts';

const packagesFor = {
  window: windowPackages,
  'invisible window': [...windowPackages, ...displayPackages],
  measurements: [...windowPackages, ...displayPackages, ...certificatePackages],
  tests: [...windowPackages, ...displayPackages, ...testPackages, ...compilerPackages],
} as const;

/** Rejects with what is to be done where something is missing that cannot be installed. */
export async function ensureSystemLibraries(
  purpose: keyof typeof packagesFor,
  electron: string,
): Promise<void> {
  if (process.platform !== 'linux') return;
  if (!(await installMissing(packagesFor[purpose]))) await checkSharedLibraries(electron);
}

/** As `ensureSystemLibraries`; rejects as well where the machine has no dpkg. */
export async function ensureDebianPackages(wanted: readonly string[]): Promise<void> {
  if (!(await installMissing(wanted)))
    throw new Error(`this machine has no dpkg to install ${wanted.join(' ')}`);
}

/** False where there is no dpkg. */
async function installMissing(wanted: readonly string[]): Promise<boolean> {
  const installed = await run('dpkg-query', ['--show', `--showformat=${dpkgFormat}`]).catch(() => undefined);
  if (installed === undefined) return false;
  const missing = missingPackages(wanted, installed);
  if (missing.length > 0) await installPackages(missing);
  return true;
}

async function installPackages(missing: readonly string[]): Promise<void> {
  const asRoot = await rootPrefix();
  if (asRoot === undefined) {
    throw new Error(
      [
        'This machine lacks packages. Install them, then run the command again:',
        `  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
      ].join('\n'),
    );
  }
  log(`Installing ${missing.length} Debian packages (${missing.join(' ')}) ...`);
  await aptGet(asRoot, ['update']).catch((error) => warn(`apt-get update failed: ${reasonOf(error)}`));
  const names = await Promise.all(missing.map(currentName));
  await aptGet(asRoot, ['install', '--yes', '--no-install-recommends', ...names]);
}

/** The command that becomes root without a password, or `undefined` where there is none. */
async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  return run('sudo', ['-n', 'true']).then(
    () => ['sudo', '-n'],
    () => undefined,
  );
}

async function aptGet(asRoot: readonly string[], aptArguments: readonly string[]): Promise<void> {
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];
  const [command = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...quiet];
  await run(command, [...rest, ...aptArguments]);
}

/** The package's name in a newer Debian, where the old name is only provided. */
async function currentName(name: string): Promise<string> {
  const isPackage = (candidate: string) =>
    run('apt-cache', ['show', '--no-all-versions', candidate]).then(
      (output) => output !== '',
      () => false,
    );
  if (await isPackage(name)) return name;
  return (await isPackage(`${name}t64`)) ? `${name}t64` : name;
}

/** Where the package manager is unknown, the dynamic linker names what it cannot find. */
async function checkSharedLibraries(electron: string): Promise<void> {
  await access(electron);
  const missing = missingLibraries(await run('ldd', [electron]).catch(() => ''));
  if (missing.length === 0) return;
  throw new Error(
    [
      'This machine lacks libraries that Electron needs:',
      ...missing.map((library) => `  ${library}`),
      'Install the packages of your distribution that hold them (on Debian: GTK 3, NSS, ATK, CUPS, GBM, ALSA), and',
      'xvfb, xdotool, xclip, cups, dbus, gnome-keyring and softhsm2 for the tests.',
    ].join('\n'),
  );
}

/** From ldd's `libnss3.so => not found`. */
export function missingLibraries(lddOutput: string): readonly string[] {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library = '']) => library);
}
