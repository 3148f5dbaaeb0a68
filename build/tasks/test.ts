/**
 * `npm test`: builds, checks and tests everything, whatever fails on the way, and ends with one line that counts it.
 * Arguments go to Playwright: `npm test -- journeys` runs the end-to-end tests whose path says so.
 */
import { appFolder, buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { compilePkcs11 } from '../native-pkcs11.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import { heading, log, reasonOf } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { runCheck } from '../verification/announce.ts';
import { logSlowestTests, logUnsteadyTests, runEndToEndTests } from '../verification/end-to-end.ts';
import { type PackagesForTests, packageForTests } from '../verification/packages.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { checkSupportPage } from '../verification/support.ts';
import { none, oneFailed, onePassed, sum } from '../verification/tally.ts';
import {
  checkDeadCode,
  checkLint,
  checkTypes,
  clearReports,
  runUnitTests,
  type Verdict,
} from '../verification/tools.ts';
import { checkWindowsCode } from '../verification/windows.ts';

await runTask(async (task) => {
  await clearReports();
  heading('Set-up');
  const runtime = await setUp();

  heading('Build');
  // Alone, since a package builds the viewer again in the same folder.
  const build = await runCheck('Build', buildForTests);

  heading('Types, lint, dead code, unit tests, packages, Windows code');
  let packages: PackagesForTests | undefined;
  const [sources, packaging, windowsCode] = await Promise.all([
    runWithConcurrency(2, [
      () => runCheck('Unit tests', runUnitTests),
      () => runCheck('Types', checkTypes),
      () => runCheck('Format and lint', checkLint),
      () => runCheck('Dead code', checkDeadCode),
    ]),
    runCheck('Packages', async () => {
      const made = await packageForTests();
      packages = made.packages;
      return made.verdict;
    }),
    runCheck('Windows code, under Wine', () =>
      failing('Windows code, under Wine', () => checkWindowsCode(task)),
    ),
  ]);

  heading('End-to-end tests');
  const selection = process.argv.slice(2);
  const endToEnd = await runCheck('End-to-end tests', () =>
    failing('End-to-end tests', async () => {
      // Each test would wait for a window that cannot come.
      if (build.tally.failed !== 0) throw new Error('Not run: the viewer could not be built.');
      return runEndToEndTests(task, runtimeOf(runtime), appFolder('test'), packages, selection);
    }),
  );
  await logSlowestTests();

  // A run of a part shows no more than that part.
  const support =
    selection.length > 0
      ? []
      : [
          await runCheck('docs/support.md', () =>
            failing('docs/support.md', () => checkSupportPage(windowsCode.tally !== none)),
          ),
        ];

  const { passed, failed } = sum(
    [build, ...sources, packaging, windowsCode, endToEnd, ...support].map(({ tally }) => tally),
  );
  if (failed > 0) process.exitCode = 1;
  log('');
  await logUnsteadyTests();
  log(`${passed} passed, ${failed} failed`);
});

/** The Electron to test with, or why there is none; the checks that need none go on without it. */
async function setUp(): Promise<ElectronRuntime | Error> {
  try {
    const runtime = await resolveElectron();
    await ensureSystemLibraries('tests', runtime.executable);
    await compilePkcs11();
    return runtime;
  } catch (error) {
    log(reasonOf(error));
    return error instanceof Error ? error : new Error(String(error));
  }
}

function runtimeOf(runtime: ElectronRuntime | Error): ElectronRuntime {
  if (runtime instanceof Error) throw runtime;
  return runtime;
}

function buildForTests(): Promise<Verdict> {
  return failing('Build', async () => {
    await buildViewer('test');
    return { title: 'Build', tally: onePassed, output: '' };
  });
}

async function failing(title: string, check: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await check();
  } catch (error) {
    return { title, tally: oneFailed, output: reasonOf(error) };
  }
}
