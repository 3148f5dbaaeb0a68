import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { run } from '../commands/run.ts';
import { root } from '../root.ts';
import type { Task } from '../terminal/run-task.ts';
import { reports } from '../verification/tools.ts';
import { bundleFolder, bundleForWindows } from './bundle.ts';
import { mountDisks } from './disks.ts';
import { makeTestInstallers } from './test-installers.ts';
import { windowsNode } from './windows-node.ts';
import { type Ended, openWine, windowsPath } from './wine.ts';

const reporter = `file:///Z:${path.join(import.meta.dirname, 'reporter.mjs')}`;

export const windowsReport = path.join(reports, 'windows.jsonl');

/** `npm run test:windows`: the main process's code that knows Windows, on the genuine Windows Node, under Wine. */
export async function runWindowsTests(task: Task): Promise<Ended> {
  await mkdir(reports, { recursive: true });
  await rm(windowsReport, { force: true });
  const node = await windowsNode();
  const tests = await bundleForWindows('tests');
  const bundle = await bundleForWindows('programs');
  await compilePrograms();

  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  const wine = await openWine(display.env);
  task.onEnd(wine.close);
  const disks = await mountDisks(task);
  const installers = await makeTestInstallers(wine, path.join(bundleFolder, 'stand-in-viewer.exe'));
  return wine.run(
    node,
    [
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${windowsPath(windowsReport)}`,
      // A test that hangs fails, and the others are run.
      '--test-timeout=90000',
      '--test-force-exit',
      windowsPath(tests),
    ],
    {
      ...disks,
      CPIS_VIEWER_INSTALLERS: windowsPath(installers),
      CPIS_VIEWER_PROGRAMS: windowsPath(bundleFolder),
      CPIS_VIEWER_BUNDLE: windowsPath(bundle),
      CPIS_VIEWER_TEMPLATE: windowsPath(path.join(root, 'build/policy/templates/cpis-viewer.admx')),
    },
  );
}

const programs = path.join(root, 'windows', 'programs');

async function compilePrograms(): Promise<void> {
  for (const name of ['hold-file', 'stand-in-viewer', 'start-program']) {
    const output = path.join(bundleFolder, `${name}.exe`);
    const flags = ['-municode', '-O1', '-Wall', '-Wextra', '-Werror', '-static', '-s'];
    await run('x86_64-w64-mingw32-gcc', [...flags, '-o', output, path.join(programs, `${name}.c`)]);
  }
}
