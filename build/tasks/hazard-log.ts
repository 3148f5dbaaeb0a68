/** `npm run hazard-log`: writes the evidence of docs/hazard-log.md from the rows of `e2e/mutations`. */
import { readFile, writeFile } from 'node:fs/promises';
import { hazardLog, writeEvidence } from '../../e2e/mutations/hazard-log.ts';
import { log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async () => {
  await writeFile(hazardLog, writeEvidence(await readFile(hazardLog, 'utf8')));
  log('Wrote docs/hazard-log.md');
});
