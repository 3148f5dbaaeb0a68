/** Starts the released viewer, which no inspector can look into: what it does is seen from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect, required } from '../fixtures.ts';
import { foundForHelpDesk } from '../security/written-for-help-desk.ts';
import { openScreen, type Screen } from './screen.ts';

export { expect } from '../fixtures.ts';

export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another package than the one that was built. */
  readonly folder?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

export interface Release {
  /** Of this test alone; the viewer's user may write there. */
  readonly folder: string;
  readonly screen: Screen;
  start(options?: Start): Started;
  /** As the administrator of this computer. */
  setPolicy(policy: unknown): Promise<void>;
}

export interface Started {
  /** Settles when it has ended by itself. */
  readonly ended: Promise<Ended>;
  /** What it has written to its log so far. */
  log(): Promise<string>;
}

/** The released package, as it was built. */
export function releaseFolder(): string {
  return required('CPIS_VIEWER_RELEASE');
}

export const test = base.extend<{ readonly release: Release }>({
  release: async ({ simulator }, use) => {
    const folder = await mkdtemp(path.join(required('CPIS_VIEWER_PROFILES'), 'release-'));
    await chmod(folder, 0o777);
    const screen = await openScreen(folder);
    const policy = path.join(folder, 'policy');
    await mkdir(policy);
    await writeFile(path.join(policy, 'environment.json'), JSON.stringify(simulator.environment));
    const etc = path.join(folder, 'etc');
    await mkdir(etc);
    const administered = path.join(folder, 'administered.sh');
    await copyFile(path.join(import.meta.dirname, 'administered.sh'), administered);
    await chmod(administered, 0o755);

    const children: ChildProcess[] = [];
    await use({
      folder,
      screen,
      setPolicy: (json) => writeFile(path.join(policy, 'policy.json'), JSON.stringify(json)),
      start({ args = [], env = {}, folder: packageFolder = releaseFolder() } = {}) {
        const home = path.join(folder, `home-${children.length}`);
        const child = spawn(
          required('CPIS_VIEWER_AS_ORDINARY_USER'),
          [administered, policy, etc, path.join(packageFolder, 'cpis-viewer'), ...args],
          {
            cwd: folder,
            env: { PATH: process.env['PATH'], HOME: home, DISPLAY: screen.display, ...env },
            stdio: ['ignore', 'ignore', 'pipe'],
          },
        );
        children.push(child);
        let errors = '';
        child.stderr.on('data', (chunk) => {
          errors += chunk;
        });
        const logFile = path.join(home, '.config', 'CP-IS Viewer', 'logs', 'viewer.log');
        return {
          ended: once(child, 'close').then(([code]) => ({ code, errors })),
          log: () => readFile(logFile, 'utf8').catch(() => ''),
        };
      },
    });
    for (const child of children) await end(child);
    await screen.close();
    const found = await foundForHelpDesk(folder, simulator);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    expect(found, 'in the log or a support bundle').toEqual([]);
  },
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
