/**
 * A folder for one run of the viewer under test: the command that starts Electron as an unprivileged user with a new home,
 * the built app where that user can read it, and a folder for profiles. It is removed after the run.
 */

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { electronCommand } from './electron-command.ts';
import { checkOsSandbox } from './os-sandbox.ts';
import { asUser, type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.ts';

const execute = promisify(execFile);

export interface RunDirectory {
  /** Starts Electron; takes Electron's own command line. */
  readonly electron: string;
  readonly app: string;
  /** Runs the rest of its command line as the viewer's user. */
  readonly asOrdinaryUser: string;
  /** Every user may make a profile folder here. */
  readonly profiles: string;
  /** A copy of a private file of the user who runs the commands, which the viewer's user alone can read. */
  copyForUser(file: string): Promise<string>;
  remove(): Promise<void>;
}

/** `electron`: the executable. `app`: the folder of the built viewer, or of a package. */
export async function prepareRunDirectory(electron: string, app: string): Promise<RunDirectory> {
  const user = await unprivilegedUser();
  await checkOsSandbox(user);
  const place = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-'));
  await chmod(place, 0o755);
  const profiles = path.join(place, 'profiles');
  await mkdir(profiles);
  // As /tmp: every user may add files, and only their owner may remove them.
  await chmod(profiles, 0o1777);
  const home = path.join(place, 'home');
  await mkdir(home, { mode: 0o700 });
  if (user !== undefined) await chown(home, user.uid, user.gid);

  const electronHome = await readableTo(user, path.dirname(electron), path.join(place, 'electron-runtime'));
  const executable = path.join(electronHome, path.basename(electron));
  return {
    electron:
      process.platform === 'linux'
        ? await writeScript(path.join(place, 'electron'), electronCommand(executable, home, user))
        : electron,
    app: await readableTo(user, app, path.join(place, 'app')),
    asOrdinaryUser: await writeScript(path.join(place, 'as-ordinary-user'), asUserCommand(user)),
    profiles,
    copyForUser: async (file) => {
      const copy = path.join(place, path.basename(file));
      await writeFile(copy, await readFile(file), { mode: 0o600 });
      if (user !== undefined) await chown(copy, user.uid, user.gid);
      return copy;
    },
    remove: () => rm(place, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function writeScript(file: string, text: string): Promise<string> {
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

function asUserCommand(user: UnprivilegedUser | undefined): string {
  return `#!/bin/sh\nexec ${user === undefined ? '' : asUser(user).join(' ')} "$@"\n`;
}

/** The folder itself, or a copy when the user cannot read all of it: a checkout below /root, a strict umask. */
async function readableTo(user: UnprivilegedUser | undefined, folder: string, copy: string): Promise<string> {
  if (user === undefined || (await canRead(user, folder))) return folder;
  await execute('cp', ['-R', folder, copy]);
  await execute('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

async function canRead(user: UnprivilegedUser, folder: string): Promise<boolean> {
  const [command = '', ...rest] = asUser(user);
  try {
    const find = ['find', folder, '!', '-readable', '-print', '-quit'];
    return (await execute(command, [...rest, ...find])).stdout === '';
  } catch {
    return false;
  }
}

/** The environment variables that the fixtures of the end-to-end tests read. */
export function fixtureVariables(directory: RunDirectory): Readonly<Record<string, string>> {
  return {
    CPIS_VIEWER_ELECTRON: directory.electron,
    CPIS_VIEWER_APP: directory.app,
    CPIS_VIEWER_PROFILES: directory.profiles,
    CPIS_VIEWER_AS_ORDINARY_USER: directory.asOrdinaryUser,
  };
}
