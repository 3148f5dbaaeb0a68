import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Simulator } from '../../simulator/client.ts';
import type { CachedCpis } from '../doubles/cached-cpis.ts';
import { launchElectron, loadFirst } from '../driver/launch.ts';
import { prepareRunDirectory, type RunDirectory } from '../driver/run-directory.ts';
import { driveViewer } from '../driver/viewer-page.ts';

/** `args`: the application's own. */
type MeasuredApp = Readonly<{ directory: RunDirectory; args: readonly string[] }>;

/** What `npm run bench` measures with. `rounds`: the first number of them for `--quick`, else the second. */
export type Bench = Readonly<Record<'viewer' | 'empty' | 'template', MeasuredApp>> &
  Readonly<{ simulator: Simulator; service: CachedCpis; rounds: (few: number, many: number) => number }>;

/** An application that `npm run bench` or `npm run soak` has packaged: `executable` is an Electron of its own. */
export async function prepareApp(executable: string | undefined, environmentFile?: string) {
  if (executable === undefined) throw new Error('Use "npm run bench" or "npm run soak".');
  const directory = await prepareRunDirectory(executable, path.dirname(executable));
  const args =
    environmentFile === undefined ? [] : [`--environment=${await directory.copyForUser(environmentFile)}`];
  return { directory, args } satisfies MeasuredApp;
}

/** The arguments of one start: a new profile, and the application's own. */
export function argsOf({ directory, args }: MeasuredApp): readonly string[] {
  return [`--user-data-dir=${path.join(directory.profiles, randomUUID())}`, ...args];
}

/** With Playwright attached, which a measurement of the start must not have. */
export async function openApp(app: MeasuredApp, env: Record<string, string> = {}) {
  const args = [...(await loadFirst(app.directory.profiles)), ...argsOf(app)];
  return launchElectron({ executable: app.directory.electron, args, env, isPackage: false });
}

/** As `openApp`, once the start is over. */
export async function openViewer(app: MeasuredApp, simulator: Simulator, env?: Record<string, string>) {
  return driveViewer(await openApp(app, env), '', simulator);
}
