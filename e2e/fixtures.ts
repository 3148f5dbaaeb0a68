/** What every end-to-end test starts from: a simulator, and the built viewer on a fresh profile against it. */
import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect as baseExpect, type ElectronApplication, type Locator } from '@playwright/test';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/client.ts';
import { launchElectron, loadFirst } from './driver/launch.ts';
import { quit } from './driver/quit.ts';
import { careLabels, driveViewer, type Viewer } from './driver/viewer-page.ts';
import { searchSupportFiles } from './security/support-files.ts';
import { type SharedViewer, shareViewer } from './shared-viewer.ts';

export { careLabels, type Viewer };

/**
 * `toBeFocused`: the element has the focus of its page. Playwright's own asks for the window's focus too, which the viewers of
 * other workers share on one display: a page that has been replaced loses it to them.
 */
export const expect = baseExpect.extend({
  async toBeFocused(locator: Locator) {
    const isFocused = () => locator.evaluate((element) => element === element.ownerDocument.activeElement);
    try {
      await baseExpect.poll(isFocused).toBe(!this.isNot);
      return { pass: !this.isNot, message: () => '' };
    } catch {
      return {
        pass: this.isNot,
        message: () => `${locator} ${this.isNot ? 'has' : 'does not have'} the focus`,
      };
    }
  },
});

export interface LaunchOptions {
  /** Merged over the simulator's environment, member by member. */
  readonly environment?: Readonly<Record<string, unknown>>;
  /** Replaces the text of the environment file altogether; `null` for no file. */
  readonly environmentText?: string | null;
  /** Files that are in the user-data folder before the viewer starts, by name. */
  readonly userData?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The site's policy. */
  readonly policy?: Readonly<Record<string, unknown>>;
  /** CommonJS files that are loaded before the viewer's own code. A package takes none. */
  readonly loadedFirst?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A profile to start on again. */
  readonly profile?: string;
}

export type Launch = (options?: LaunchOptions) => Promise<Viewer>;

export interface TestFixtures {
  /** Reset before each test. */
  readonly simulator: Simulator;
  /** Starts a viewer. After the test it is closed, its support files are searched, and its profile is removed. */
  readonly launch: Launch;
  /** One viewer with no options. */
  readonly viewer: Viewer;
  /**
   * A viewer at "Sign in", shared with other tests. For a test that changes it by its screens or a launch link alone (what else
   * it may do: README.md, "Sharing a start"), and asks nothing of its profile.
   */
  readonly signedOut: Viewer;
  /** As `signedOut`, at "Find a patient" with the nurse signed in, and the simulator reset after that. */
  readonly signedIn: Viewer;
}

export interface WorkerFixtures {
  /** Set by a file of tests whose simulator is another. */
  readonly simulatorOptions: SimulatorOptions;
  readonly workerSimulator: Simulator;
  /** Set by a file of tests whose shared viewer starts with options. */
  readonly sharedLaunch: LaunchOptions;
  readonly sharedViewer: SharedViewer;
}

/** A fixture: starts something, and stops it after the test. */
export function started<What>(start: () => Promise<What>, stop: (what: What) => unknown) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  return async ({}, use: (what: What) => Promise<void>) => {
    const what = await start();
    await use(what);
    await stop(what);
  };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  simulatorOptions: [{}, { option: true, scope: 'worker' }],
  workerSimulator: [
    async ({ simulatorOptions }, use) => {
      const simulator = await startSimulator(simulatorOptions);
      await use(simulator);
      await simulator.stop();
    },
    { scope: 'worker' },
  ],
  simulator: async ({ workerSimulator }, use) => {
    await workerSimulator.reset();
    await use(workerSimulator);
  },
  launch: async ({ simulator, sharedViewer }, use) => {
    if (await sharedViewer.endOldSession()) await simulator.reset();
    const viewers: { app: ElectronApplication; profile: string }[] = [];
    await use(async (options = {}) => {
      const profile = options.profile ?? (await makeProfile());
      const app = await launchViewer(profile, simulator, options);
      viewers.push({ app, profile });
      return driveViewer(app, profile, simulator);
    });
    for (const { app } of viewers) await quit(app);
    const profiles = new Set(viewers.map(({ profile }) => profile));
    const found = await Promise.all([...profiles].map((profile) => searchSupportFiles(profile, simulator)));
    for (const profile of profiles) await removeProfile(profile);
    expect(found.flat(), supportFiles).toEqual([]);
  },
  viewer: async ({ launch }, use) => {
    await use(await launch());
  },
  sharedLaunch: [{}, { option: true, scope: 'worker' }],
  sharedViewer: [
    async ({ workerSimulator: simulator, sharedLaunch }, use) => {
      const shared = shareViewer({
        simulator,
        start: async () => {
          const profile = await makeProfile();
          return driveViewer(await launchViewer(profile, simulator, sharedLaunch), profile, simulator);
        },
        search: async ({ profile }, secrets) =>
          expect(await searchSupportFiles(profile, simulator, secrets), supportFiles).toEqual([]),
        end: async ({ app, profile }) => {
          await quit(app);
          await removeProfile(profile);
        },
      });
      await use(shared);
      await shared.end();
    },
    { scope: 'worker' },
  ],
  signedOut: async ({ simulator: _reset, sharedViewer }, use, { errors }) => {
    await use(await sharedViewer.atSignIn());
    await sharedViewer.afterTest(errors.length === 0);
  },
  signedIn: async ({ simulator, sharedViewer }, use, { errors }) => {
    const viewer = await sharedViewer.atFind();
    await simulator.reset();
    await use(viewer);
    await sharedViewer.afterTest(errors.length === 0);
  },
});

const supportFiles = 'in the log or a support bundle';

function removeProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 3 });
}

/** A new one. A test that starts on it again passes its path. */
export async function makeProfile(): Promise<string> {
  const profile = await mkdtemp(path.join(required('CPIS_VIEWER_PROFILES'), 'profile-'));
  // The viewer runs as another user where the tests run as root.
  await chmod(profile, 0o777);
  return profile;
}

/** Where Electron keeps the user's data in this profile. */
export function userDataFolder(profile: string): string {
  return path.join(profile, 'data');
}

async function writeForAnyone(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o777);
  await writeFile(path.join(folder, name), text);
  await chmod(path.join(folder, name), 0o666);
}

/**
 * What starts the viewer of the running test: in the project `package` the packaged viewer of the test flavour, else
 * Electron with the app's folder.
 */
export function viewerCommand(): readonly [command: string, ...args: string[]] {
  return base.info().project.name === 'package'
    ? [required('CPIS_VIEWER_PACKAGED')]
    : [required('CPIS_VIEWER_ELECTRON'), required('CPIS_VIEWER_APP')];
}

/**
 * Starts the viewer on a profile without Playwright, and with a CommonJS file that is loaded before its own code; a package
 * takes none. A test reads its standard error and waits for its end, which comes after 20 seconds at the latest.
 */
export async function startLoaded(profile: string, loader: string, ...args: readonly string[]) {
  const copy = path.join(profile, path.basename(loader));
  await copyFile(loader, copy);
  const [command, ...app] = viewerCommand();
  return spawn(
    command,
    [
      '-r',
      copy,
      ...app,
      `--user-data-dir=${userDataFolder(profile)}`,
      `--environment=${path.join(profile, 'environment.json')}`,
      ...args,
    ],
    // Ends a viewer that nothing else ends.
    { stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000, killSignal: 'SIGKILL' },
  );
}

async function launchViewer(profile: string, simulator: Simulator, options: LaunchOptions) {
  const environmentFile = path.join(profile, 'environment.json');
  const { environmentText, userData = {} } = options;
  if (environmentText !== null) {
    const environment = merge(simulator.environment, options.environment ?? {});
    await writeFile(environmentFile, environmentText ?? JSON.stringify(environment));
    await chmod(environmentFile, 0o644);
  }
  const policyFile = path.join(profile, 'policy.json');
  if (options.policy !== undefined) {
    await writeFile(policyFile, JSON.stringify(options.policy));
    await chmod(policyFile, 0o644);
  }
  const prepareUserData = async (): Promise<void> => {
    // A profile that a test passes stays as the last viewer left it.
    if (options.profile === undefined)
      await rm(userDataFolder(profile), { recursive: true, force: true, maxRetries: 3 });
    for (const [name, text] of Object.entries(userData))
      await writeForAnyone(userDataFolder(profile), name, text);
  };
  const [executable, ...app] = viewerCommand();
  return launchElectron({
    executable,
    args: [
      // A package contains its app, and loads no module from outside.
      ...(app.length === 0 ? [] : [...(await loadFirst(profile, options.loadedFirst)), ...app]),
      `--user-data-dir=${userDataFolder(profile)}`,
      `--environment=${environmentFile}`,
      ...(options.policy === undefined ? [] : [`--policy=${policyFile}`]),
      ...(options.args ?? []),
    ],
    env: options.env ?? {},
    isPackage: app.length === 0,
    prepare: prepareUserData,
  });
}

function merge(under: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>) {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isRecord(below) && isRecord(value) ? merge(below, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the runner has prepared on this machine. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests with "npm test"`);
  return value;
}
