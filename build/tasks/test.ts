/**
 * `npm test`: builds, checks and tests everything, whatever fails on the way, and ends with one line that counts it.
 * Arguments go to Playwright: `npm test -- journeys` runs the end-to-end tests whose path says so.
 */
import { buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { compilePkcs11 } from '../native-pkcs11.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import { heading, log, reasonOf } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { logSlowestTests, logUnsteadyTests, runEndToEndTests } from '../verification/end-to-end.ts';
import { type PackagesForTests, packageForTests } from '../verification/packages.ts';
import { conclude, runCheck } from '../verification/run-check.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { checkSupportPage } from '../verification/support.ts';
import { none, onePassed } from '../verification/tally.ts';
import { checkDeadCode, checkLint, checkTypes, clearReports, runUnitTests } from '../verification/tools.ts';
import { checkWindowsCode } from '../verification/windows.ts';

await runTask(async (task) => {
  await clearReports();
  heading('Set-up');
  const setUp = prepare();
  // The checks that need no Electron go on without one.
  await setUp.catch((error: unknown) => log(reasonOf(error)));

  heading('Build');
  // Alone, since a package builds the viewer again in the same folder.
  const viewer = buildViewer('test');
  const build = await runCheck('Build', async () => {
    await viewer;
    return { tally: onePassed, output: '' };
  });

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
    runCheck('Windows code, under Wine', () => checkWindowsCode(task)),
  ]);

  heading('End-to-end tests');
  const selection = process.argv.slice(2);
  // Without a viewer or an Electron each test would wait for a window that cannot come.
  const endToEnd = await runCheck('End-to-end tests', async () =>
    runEndToEndTests(task, await setUp, await viewer, packages, selection),
  );
  await logSlowestTests();

  const verdicts = [build, ...sources, packaging, windowsCode, endToEnd];
  // A run of a part shows no more than that part.
  if (selection.length === 0)
    verdicts.push(await runCheck('docs/support.md', () => checkSupportPage(windowsCode.tally !== none)));
  log('');
  await logUnsteadyTests();
  conclude(verdicts.map(({ tally }) => tally));
});

async function prepare() {
  const runtime = await resolveElectron();
  await ensureSystemLibraries('tests', runtime.executable);
  await compilePkcs11();
  return runtime;
}
