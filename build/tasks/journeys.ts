/**
 * `node build/run.mjs journeys`: the viewer built, and what users do on it, without the checks that `npm test` does on Linux
 * alone. For the runners of Windows and macOS. NOT YET RUN THERE.
 */
import { buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { runTask } from '../terminal/run-task.ts';
import { runEndToEndTests } from '../verification/end-to-end.ts';
import { conclude, runCheck } from '../verification/run-check.ts';
import { clearReports } from '../verification/tools.ts';

await runTask(async (task) => {
  await clearReports();
  const app = await buildViewer('test');
  const runtime = await resolveElectron();
  const { tally } = await runCheck('Journeys', () =>
    runEndToEndTests(task, runtime, app, undefined, ['journeys']),
  );
  conclude([tally]);
});
