/**
 * The three applications that are compared, each packaged as a release: a copy of Electron with `app.asar`. They differ only
 * in that archive. `npm run bench` names their sources in environment variables.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createPackage } from '@electron/asar';
import type { ElectronApplication } from 'playwright';
import type { Simulator } from '../../simulator/client.ts';
import { launchElectron, loadFirst } from '../driver/launch.ts';
import { prepareRunDirectory, type RunDirectory } from '../driver/run-directory.ts';
import { driveViewer, type Viewer } from '../driver/viewer-page.ts';

export type AppName = 'empty' | 'viewer' | 'template';

export interface MeasuredApp {
  readonly directory: RunDirectory;
  /** The application's arguments. */
  readonly args: readonly string[];
}

const execute = promisify(execFile);

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: use "npm run bench" or "npm run soak"`);
  return value;
}

/** Each is packed when it is first asked for; `close` removes all. */
export async function measuredApps(
  environmentFile: string,
): Promise<{ appNamed(name: AppName): Promise<MeasuredApp>; close(): Promise<void> }> {
  const executable = required('CPIS_VIEWER_ELECTRON');
  const folders: Readonly<Record<AppName, string>> = {
    empty: path.join(import.meta.dirname, 'empty-window'),
    viewer: required('CPIS_VIEWER_APP'),
    template: process.env['CPIS_VIEWER_TEMPLATE'] ?? '',
  };
  const root = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-bench-'));
  await chmod(root, 0o755);
  const apps = new Map<AppName, MeasuredApp>();

  async function pack(name: AppName): Promise<MeasuredApp> {
    // A copy each, since the kernel counts only a part of the memory that applications share.
    const home = path.join(root, name);
    await execute('cp', ['-R', path.dirname(executable), home]);
    const resources = path.join(home, 'resources');
    await rm(resources, { recursive: true, force: true });
    await mkdir(resources);
    await createPackage(folders[name], path.join(resources, 'app.asar'));
    await execute('chmod', ['-R', 'a+rX', home]);
    const directory = await prepareRunDirectory(path.join(home, path.basename(executable)), home);
    const args = name === 'viewer' ? [`--environment=${await directory.copyForUser(environmentFile)}`] : [];
    return { directory, args };
  }
  return {
    async appNamed(name) {
      const app = apps.get(name) ?? (await pack(name));
      apps.set(name, app);
      return app;
    },
    async close() {
      for (const { directory } of apps.values()) await directory.remove();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A new profile folder for one start. */
export async function makeProfile({ directory }: MeasuredApp): Promise<string> {
  const profile = await mkdtemp(path.join(directory.profiles, 'profile-'));
  await chmod(profile, 0o777);
  return profile;
}

/** With Playwright attached, which a measurement of the start must not have. */
export async function openApp(
  app: MeasuredApp,
  env: Readonly<Record<string, string>> = {},
): Promise<ElectronApplication> {
  const profile = await makeProfile(app);
  return launchElectron({
    executable: app.directory.electron,
    args: [...(await loadFirst(profile)), `--user-data-dir=${path.join(profile, 'data')}`, ...app.args],
    env,
    isPackage: false,
  });
}

export async function openViewer(app: MeasuredApp, simulator: Simulator): Promise<Viewer> {
  return driveViewer(await openApp(app), '', simulator);
}
