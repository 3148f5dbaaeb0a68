/**
 * A folder for one run of the viewer under test: the command that starts Electron as an ordinary user with a home of
 * its own, the built app where that user can read it, and room for profiles. Gone when the run is over.
 */
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './commands/run.ts';
import { electronCommand } from './electron-command.ts';
import type { ElectronRuntime } from './electron-runtime/runtime.ts';
import { asUser, type OrdinaryUser, ordinaryUser } from './ordinary-user.ts';
import { checkOsSandbox } from './os-sandbox.ts';

export interface Workplace {
  /** Starts Electron; takes Electron's own command line. */
  readonly electron: string;
  readonly app: string;
  /** Runs the rest of its command line as the viewer's user. */
  readonly asOrdinaryUser: string;
  /** Anyone may make a profile folder here. */
  readonly profiles: string;
  /** A copy of a file that is private to whoever runs the commands, for the viewer's eyes alone. */
  lend(file: string): Promise<string>;
  remove(): Promise<void>;
}

export async function prepareWorkplace(runtime: ElectronRuntime, app: string): Promise<Workplace> {
  const user = await ordinaryUser();
  await checkOsSandbox(user);
  const place = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-'));
  await chmod(place, 0o755);
  const profiles = path.join(place, 'profiles');
  await mkdir(profiles);
  // As /tmp is: everyone may add, nobody may take away another's.
  await chmod(profiles, 0o1777);
  const home = path.join(place, 'home');
  await mkdir(home, { mode: 0o700 });
  if (user !== undefined) await chown(home, user.uid, user.gid);

  const electronHome = await readableTo(
    user,
    path.dirname(runtime.executable),
    path.join(place, 'electron-runtime'),
  );
  const executable = path.join(electronHome, path.basename(runtime.executable));
  return {
    electron:
      process.platform === 'linux'
        ? await writeScript(path.join(place, 'electron'), electronCommand(executable, home, user))
        : runtime.executable,
    app: await readableTo(user, app, path.join(place, 'app')),
    asOrdinaryUser: await writeScript(path.join(place, 'as-ordinary-user'), asOrdinaryUserCommand(user)),
    profiles,
    lend: async (file) => {
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

function asOrdinaryUserCommand(user: OrdinaryUser | undefined): string {
  return `#!/bin/sh\nexec ${user === undefined ? '' : asUser(user).join(' ')} "$@"\n`;
}

/** The folder itself, or a copy when the user cannot read all of it: a checkout below /root, a strict umask. */
async function readableTo(user: OrdinaryUser | undefined, folder: string, copy: string): Promise<string> {
  if (user === undefined || (await canRead(user, folder))) return folder;
  await run('cp', ['-R', folder, copy]);
  await run('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

async function canRead(user: OrdinaryUser, folder: string): Promise<boolean> {
  const [command = '', ...rest] = asUser(user);
  try {
    const unreadable = await run(command, [...rest, 'find', folder, '!', '-readable', '-print', '-quit']);
    return unreadable === '';
  } catch {
    return false;
  }
}

/** What the fixtures of the end-to-end tests are told of this machine. */
export function fixtureVariables(workplace: Workplace): Readonly<Record<string, string>> {
  return {
    CPIS_VIEWER_ELECTRON: workplace.electron,
    CPIS_VIEWER_APP: workplace.app,
    CPIS_VIEWER_PROFILES: workplace.profiles,
    CPIS_VIEWER_AS_ORDINARY_USER: workplace.asOrdinaryUser,
  };
}
