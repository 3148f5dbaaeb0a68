/** Prepares `npm run bench` and `npm run soak`: a viewer, an Electron, a display. Then `e2e/perf` measures. */
import path from 'node:path';
import { openInvisibleDisplay } from '../e2e/driver/display.ts';
import { buildViewer } from './build-viewer.ts';
import { runScript } from './commands/run-script.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import { electronViteTemplate } from './electron-vite-template.ts';
import { root } from './root.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { heading } from './terminal/log.ts';
import type { Task } from './terminal/run-task.ts';

/** Runs a script of `e2e/perf` with this process's own arguments; its exit code becomes this process's. */
export async function measure(task: Task, script: 'bench' | 'soak'): Promise<void> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries('measurements', runtime.executable);
  // As a release in all but what a release refuses: an environment from the command line, and DevTools to look with.
  const app = await buildViewer('test');
  const template = script === 'bench' ? await electronViteTemplate(runtime.version) : '';
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  heading(script);
  process.exitCode = await runScript(path.join(root, 'e2e', 'perf', `${script}.ts`), process.argv.slice(2), {
    ...display.env,
    CPIS_VIEWER_ELECTRON: runtime.executable,
    CPIS_VIEWER_RUNTIME: `Electron ${runtime.version} (${runtime.origin})`,
    CPIS_VIEWER_APP: app,
    CPIS_VIEWER_TEMPLATE: template,
  });
}
