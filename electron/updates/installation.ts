/**
 * How this viewer was installed, and so whether it may replace itself. Packages of deb and rpm belong to the package
 * manager, an MSI and a folder to whoever put them there, and a macOS application to the desktop team.
 * Sources: AppImage, "Environment variables" (APPIMAGE, APPDIR); electron-builder, NSIS (the name of the uninstaller).
 */
import { accessSync, constants, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Installation =
  /** One file, which the user of this computer may replace. */
  | { readonly kind: 'app-image'; readonly file: string }
  /**
   * The Windows installer that is not an MSI, where this user may change what it has installed. It installs for the machine:
   * everybody else would be asked for an administrator each time that they quit.
   */
  | { readonly kind: 'nsis' }
  | { readonly kind: 'managed' };

export interface Running {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The executable of the viewer. */
  readonly executable: string;
  readonly mayReplace: (file: string) => boolean;
}

export function findInstallation({ platform, env, executable, mayReplace }: Running): Installation {
  if (platform === 'linux') {
    const file = appImageOf(env, executable);
    return file !== undefined && mayReplace(file) ? { kind: 'app-image', file } : { kind: 'managed' };
  }
  if (platform === 'win32' && hasUninstaller(path.dirname(executable)) && mayReplace(executable))
    return { kind: 'nsis' };
  return { kind: 'managed' };
}

/**
 * A viewer of another kind that is started from within an AppImage, a terminal for instance, inherits the variables of
 * that one: only an executable inside the mounted image is of it.
 */
function appImageOf(env: Running['env'], executable: string): string | undefined {
  const { APPIMAGE: file, APPDIR: mounted } = env;
  if (file === undefined || mounted === undefined || !path.isAbsolute(file)) return undefined;
  const inside = path.relative(mounted, executable);
  return inside.startsWith('..') || path.isAbsolute(inside) ? undefined : file;
}

/** Whether this user may: replacing a file is a right on its folder. Windows tells of that right only when it is used. */
export function mayReplaceFile(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    const trial = path.join(path.dirname(file), `.cpis-viewer-${process.pid}`);
    writeFileSync(trial, '', { flag: 'wx' });
    rmSync(trial);
    return true;
  } catch {
    return false;
  }
}

/** An MSI leaves its uninstalling to Windows, and puts no such program there. */
function hasUninstaller(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /^Uninstall .+\.exe$/.test(name));
  } catch {
    return false;
  }
}
