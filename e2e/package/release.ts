/** Starts the released viewer, which no inspector can look into: what it does is seen from outside. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, required } from '../fixtures.ts';
import { searchSupportFiles } from '../security/support-files.ts';
import { openScreen, type Screen } from './screen.ts';

export { expect } from '../fixtures.ts';

export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another package than the one that was built. */
  readonly folder?: string;
  /** In a namespace that the viewer's user has made, with an `/etc` of their own. */
  readonly inOwnNamespace?: boolean;
  /** On a computer where no user namespace can be made, and without an environment. Needs root. */
  readonly withoutUserNamespaces?: boolean;
}

export interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

export interface Release {
  /** Of this test alone; the viewer's user may write there. */
  readonly folder: string;
  /** To the viewer, a home folder with its own folder in it, on a file system without room for a single file. */
  readonly fullFolder: string;
  readonly screen: Screen;
  /** What is `/etc/cpis-viewer` there. */
  readonly machineFolder: string;
  start(options?: Start): Started;
  /** As the administrator of this computer. */
  setPolicy(policy: unknown): Promise<void>;
}

export interface Started {
  readonly pid: number | undefined;
  /** Resolves when the viewer has ended by itself. */
  readonly ended: Promise<Ended>;
  /** What it has written to its log so far. */
  log(): Promise<string>;
  /** Asks the viewer to end, and waits until it has. */
  quit(): Promise<void>;
}

/** The released package, as it was built. */
function releaseFolder(): string {
  return required('CPIS_VIEWER_RELEASE');
}

const asOrdinaryUser = required('CPIS_VIEWER_AS_ORDINARY_USER');
const noUserNamespaces = path.join(import.meta.dirname, 'no-user-namespaces.sh');

/** The user and the group that the viewer runs as. */
function ids(): readonly string[] {
  return ['-u', '-g'].map((which) =>
    spawnSync(asOrdinaryUser, ['id', which], { encoding: 'utf8' }).stdout.trim(),
  );
}

/** A copy to change, where every user can start it. */
export async function copyOfPackage(folder: string): Promise<string> {
  const copy = path.join(folder, 'copy');
  await cp(releaseFolder(), copy, { recursive: true });
  return copy;
}

export const test = base.extend<{ readonly release: Release }>({
  release: async ({ simulator }, use) => {
    if (process.getuid?.() !== 0 || !(await seesAllUsers()))
      throw new Error(
        'A release believes the files of the machine’s own administrator alone: run the tests as root, outside a user namespace.',
      );
    const folder = await mkdtemp(path.join(required('CPIS_VIEWER_PROFILES'), 'release-'));
    await chmod(folder, 0o777);
    const screen = await openScreen(folder);
    const policy = path.join(folder, 'policy');
    await mkdir(policy);
    await writeFile(path.join(policy, 'environment.json'), JSON.stringify(simulator.environment));
    const etc = path.join(folder, 'etc');
    await mkdir(etc);
    const fullFolder = path.join(folder, 'full');
    await mkdir(fullFolder);
    const scriptOf = async (name: string): Promise<string> => {
      const script = path.join(folder, name);
      await copyFile(path.join(import.meta.dirname, name), script);
      await chmod(script, 0o755);
      return script;
    };
    const administered = await scriptOf('administered.sh');
    const ownNamespace = await scriptOf('own-namespace.sh');

    /** The command that starts a viewer. */
    function surroundings({ withoutUserNamespaces, inOwnNamespace }: Start): readonly [string, ...string[]] {
      if (withoutUserNamespaces) return [noUserNamespaces, ...ids()];
      if (inOwnNamespace) return [asOrdinaryUser, ownNamespace, policy, etc];
      return [administered, policy, etc, fullFolder, asOrdinaryUser];
    }

    const children: ChildProcess[] = [];
    await use({
      folder,
      fullFolder,
      screen,
      machineFolder: policy,
      setPolicy: (json) => writeFile(path.join(policy, 'policy.json'), JSON.stringify(json)),
      start(options = {}) {
        const home = path.join(folder, `home-${children.length}`);
        const { args = [], env = {}, folder: packageFolder = releaseFolder() } = options;
        const [command, ...before] = surroundings(options);
        const child = spawn(command, [...before, path.join(packageFolder, 'cpis-viewer'), ...args], {
          cwd: folder,
          env: { PATH: process.env['PATH'], HOME: home, DISPLAY: screen.display, ...env },
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        children.push(child);
        let errors = '';
        child.stderr.on('data', (chunk) => {
          errors += chunk;
        });
        const logFile = path.join(home, '.config', 'CP-IS Viewer', 'logs', 'viewer.log');
        return {
          pid: child.pid,
          ended: once(child, 'close').then(([code]) => ({ code, errors })),
          log: () => readFile(logFile, 'utf8').catch(() => ''),
          quit: () => end(child),
        };
      },
    });
    for (const child of children) await end(child);
    await screen.close();
    const found = await searchSupportFiles(folder, simulator);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    expect(found, 'in the log or a support bundle').toEqual([]);
  },
});

/** Not in a container without rights, where root is another user's. */
async function seesAllUsers(): Promise<boolean> {
  return /^\s*0\s+0\s+4294967295\s*$/.test(await readFile('/proc/self/uid_map', 'utf8'));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
