import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { openInvisibleDisplay } from '../e2e/driver/display.ts';
import { buildViewer } from './build-viewer.ts';
import { runScript } from './commands/run-script.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import { electronViteTemplate } from './electron-vite-template.ts';
import { root } from './root.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { heading } from './terminal/log.ts';
import type { Task } from './terminal/run-task.ts';

/**
 * `npm run bench` and `npm run soak`: packages what is measured, and opens a display. Then the script of `e2e/perf`
 * measures, with this process's own arguments; its exit code becomes this process's.
 */
export async function measure(task: Task, script: 'bench' | 'soak'): Promise<void> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries('measurements', runtime.executable);
  const pack = (app: string) => packApp(task, runtime.executable, app);
  const perf = path.join(root, 'e2e', 'perf');
  const comparedApps = async () => ({
    CPIS_VIEWER_EMPTY_WINDOW: await pack(path.join(perf, 'empty-window')),
    CPIS_VIEWER_TEMPLATE: await pack(await electronViteTemplate(runtime.version)),
  });
  const env = {
    CPIS_VIEWER_RUNTIME: `Electron ${runtime.version} (${runtime.origin})`,
    // As a release in all but what a release refuses: an environment from the command line, and DevTools to look with.
    CPIS_VIEWER_PACKAGED: await pack(await buildViewer('test')),
    ...(script === 'bench' ? await comparedApps() : {}),
  };
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  heading(script);
  process.exitCode = await runScript(path.join(perf, `${script}.ts`), process.argv.slice(2), {
    ...display.env,
    ...env,
  });
}

/**
 * As a release: an Electron with `app.asar`. A copy each, since the kernel counts only a part of the memory that others
 * share.
 */
async function packApp(task: Task, electron: string, app: string): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-measured-'));
  task.onEnd(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  await chmod(home, 0o755);
  await cp(path.dirname(electron), home, { recursive: true });
  const resources = path.join(home, 'resources');
  await rm(resources, { recursive: true, force: true });
  await mkdir(resources);
  await createPackage(app, path.join(resources, 'app.asar'));
  return path.join(home, path.basename(electron));
}
