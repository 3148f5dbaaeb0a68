/** What every end-to-end test starts from: a simulator, and the built viewer on a fresh profile against it. */
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { _electron, errors } from 'playwright';
import { type Simulator, startSimulator } from '../simulator/client.ts';
import { quit } from './quit.ts';
import { foundForHelpDesk } from './security/written-for-help-desk.ts';

export { expect };

export interface Viewer {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Where the viewer keeps what it keeps. */
  readonly profile: string;
  /** Presses "Sign in" and gives the sign-in window. */
  openSignIn(): Promise<Page>;
  /** Signs in as a synthetic user and waits for "Find a patient". */
  signIn(user?: string): Promise<void>;
  /** Finds a synthetic patient by NHS number and waits for "Confirm patient". */
  find(patient: string): Promise<void>;
  chooseCare(careSetting: 'unscheduled' | 'scheduled'): Promise<void>;
  /** Finds, chooses and presses "Check CP-IS"; the result may still be on its way. */
  ask(patient: string, careSetting: 'unscheduled' | 'scheduled'): Promise<void>;
}

export interface LaunchOptions {
  /** Merged over the simulator's environment, member by member. */
  readonly environment?: Readonly<Record<string, unknown>>;
  /** Replaces the text of the environment file altogether; `null` for no file. */
  readonly environmentText?: string | null;
  /** Files that are in the user-data folder before the viewer starts, by name. */
  readonly userData?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
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
  /** Starts a viewer; after the test it is closed, what it wrote for a help desk searched, and its profile removed. */
  readonly launch: Launch;
  /** One viewer, started as it comes. */
  readonly viewer: Viewer;
}

export interface WorkerFixtures {
  readonly workerSimulator: Simulator;
}

export const careLabels = {
  unscheduled: 'Unscheduled care – the local authority is told',
  scheduled: 'Scheduled care – nobody is told',
} as const;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  workerSimulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const simulator = await startSimulator();
      await use(simulator);
      await simulator.stop();
    },
    { scope: 'worker' },
  ],
  simulator: async ({ workerSimulator }, use) => {
    await workerSimulator.reset();
    await use(workerSimulator);
  },
  launch: async ({ simulator }, use) => {
    const started: { app: ElectronApplication; profile: string }[] = [];
    await use(async (options = {}) => {
      const profile = options.profile ?? (await makeProfile());
      const app = await launchElectron(profile, simulator, options);
      started.push({ app, profile });
      const page = await app.firstWindow();
      // Once the main process has answered the page, its start is over. Before that, V8 now and then collects the promise
      // of a test's `app.evaluate` while the code of the second half is being loaded.
      await page.getByText(/^Version \S+$/).waitFor();
      return drive(app, page, profile, simulator);
    });
    for (const { app } of started) await quit(app);
    const profiles = new Set(started.map(({ profile }) => profile));
    const found = await Promise.all([...profiles].map((profile) => foundForHelpDesk(profile, simulator)));
    for (const profile of profiles) await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    expect(found.flat(), 'in the log or a support bundle').toEqual([]);
  },
  viewer: async ({ launch }, use) => {
    await use(await launch());
  },
});

/** A fresh one; whoever starts on it again passes it on. */
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

async function launchElectron(profile: string, simulator: Simulator, options: LaunchOptions) {
  const environmentFile = path.join(profile, 'environment.json');
  const { environmentText, userData = {} } = options;
  if (environmentText !== null) {
    const environment = merge(simulator.environment, options.environment ?? {});
    await writeFile(environmentFile, environmentText ?? JSON.stringify(environment));
    await chmod(environmentFile, 0o644);
  }
  const prepareUserData = async (): Promise<void> => {
    // A profile that was passed on is as the last viewer has left it.
    if (options.profile === undefined)
      await rm(userDataFolder(profile), { recursive: true, force: true, maxRetries: 3 });
    for (const [name, text] of Object.entries(userData))
      await writeForAnyone(userDataFolder(profile), name, text);
  };
  const loaders: string[] = [];
  for (const file of [path.join(import.meta.dirname, 'hold-ready.cjs'), ...(options.loadedFirst ?? [])]) {
    // Copied to where the viewer's user may read it.
    const copy = path.join(profile, path.basename(file));
    await copyFile(file, copy);
    loaders.push('-r', copy);
  }
  const [executablePath, ...app] = viewerCommand();
  return launchAttached(prepareUserData, {
    executablePath,
    args: [
      // A package has its app in it, and takes no module from outside.
      ...(app.length === 0 ? [] : [...loaders, ...app]),
      `--user-data-dir=${userDataFolder(profile)}`,
      `--environment=${environmentFile}`,
      ...(options.args ?? []),
    ],
    env: { ...definedVariables(), ...options.env },
    // Playwright would otherwise turn it off, and no viewer is ever tried without it.
    chromiumSandbox: true,
  });
}

/**
 * Playwright waits for ever when it attaches to a window at the moment in which that changes to its first page. Nothing
 * can hold a package back (it takes no loader, hold-ready.cjs), so a start that Playwright missed is made again, three
 * times at most, and each as if it were the first.
 */
async function launchAttached(
  prepare: () => Promise<void>,
  options: Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    await prepare();
    try {
      return await _electron.launch({ ...options, timeout: 10_000 });
    } catch (error) {
      if (attempt === 4 || !(error instanceof errors.TimeoutError)) throw error;
      process.stderr.write('Playwright missed the start of a viewer, which is started again.\n');
    }
  }
}

function drive(app: ElectronApplication, page: Page, profile: string, simulator: Simulator): Viewer {
  async function openSignIn(): Promise<Page> {
    const opened = app.waitForEvent('window');
    await page.getByRole('button', { name: /^(Sign in with Care Identity|Unlock|Change role)$/ }).click();
    return opened;
  }
  async function signIn(user = 'nurse'): Promise<void> {
    const window = await openSignIn();
    await window.getByRole('button', { name: simulator.userName(user) }).click();
    await expect(page.getByRole('heading', { name: 'Find a patient' })).toBeVisible();
  }
  async function find(patient: string): Promise<void> {
    await page.getByLabel('NHS number').fill(simulator.patient(patient).nhsNumber);
    await page.getByRole('button', { name: 'Find patient' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm patient' })).toBeVisible();
  }
  async function chooseCare(careSetting: 'unscheduled' | 'scheduled'): Promise<void> {
    await page.getByRole('radio', { name: careLabels[careSetting] }).check();
  }
  return {
    app,
    page,
    profile,
    openSignIn,
    signIn,
    find,
    chooseCare,
    async ask(patient, careSetting) {
      await find(patient);
      await chooseCare(careSetting);
      await page.getByRole('button', { name: 'Check CP-IS' }).click();
    },
  };
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

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
