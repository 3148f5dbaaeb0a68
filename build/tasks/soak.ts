/**
 * `npm run soak [-- --minutes 10 --faults]`: a long day at the desk, in short. Signs in, looks up patients without a
 * rest, lets tokens run out, locks, unlocks and signs out, and sees whether anything grows or gets lost. Goes on for so
 * many minutes, and for 500 lookups at least. Ends with 1 if something did.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { accountFor } from '../bench/accounts.ts';
import { judgeGrowth } from '../bench/growth.ts';
import { setUpBench } from '../bench/set-up.ts';
import { liveADay } from '../bench/working-day.ts';
import { runTask } from '../terminal/run-task.ts';
import { heading, say } from '../terminal/say.ts';

const resultFile = fileURLToPath(new URL('../../out/soak.json', import.meta.url));

await runTask(async (task) => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      lookups: { type: 'string', default: '500' },
      faults: { type: 'boolean', default: false },
    },
  });
  const bench = await setUpBench(task, { quick: false, cpis: 'simulator' });
  heading(`Soak${values.faults ? ' with faults' : ''}`);
  const day = await liveADay(bench, task, {
    minutes: Number(values.minutes),
    leastLookups: Number(values.lookups),
    faults: values.faults,
  });
  const findings = [...judgeGrowth(day.samples), ...(await accountFor(day, bench.simulator))];
  heading('Findings');
  say(...findings.map(({ holds, sentence }) => `${holds ? 'ok  ' : 'BAD '} ${sentence}`));
  await mkdir(path.dirname(resultFile), { recursive: true });
  await writeFile(
    resultFile,
    `${JSON.stringify({ at: new Date().toISOString(), machine: bench.machine, ...values, findings, ...day }, null, 2)}\n`,
  );
  say('', `Kept in ${path.relative(process.cwd(), resultFile)}.`);
  if (!findings.every(({ holds }) => holds)) process.exitCode = 1;
});
