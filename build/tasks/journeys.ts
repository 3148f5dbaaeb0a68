/**
 * `node build/run.mjs journeys`: the viewer built, and what users do on it, without the checks that `npm test` does on Linux
 * alone. For the runners of Windows and macOS. NOT YET RUN THERE.
 */
import { appFolder, buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { runCheck } from '../verification/announce.ts';
import { runEndToEndTests } from '../verification/end-to-end.ts';
import { clearReports } from '../verification/tools.ts';

await runTask(async (task) => {
  await clearReports();
  await buildViewer('test');
  const runtime = await resolveElectron();
  const { tally } = await runCheck('Journeys', () =>
    runEndToEndTests(task, runtime, appFolder('test'), undefined, ['journeys']),
  );
  if (tally.failed > 0) process.exitCode = 1;
  log(`\n${tally.passed} passed, ${tally.failed} failed`);
});
