/**
 * `npm run bench [-- --quick]`: how close the viewer is to an empty window, and how far from a common template. The
 * three are packaged alike and started in turns; only ratios between them mean something on another machine.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureAfterStart, measureAtRest, measureSizeFigures, measureStart } from '../bench/figures.ts';
import { type Figure, tableOf } from '../bench/report.ts';
import { setUpBench } from '../bench/set-up.ts';
import { runTask } from '../terminal/run-task.ts';
import { heading, say } from '../terminal/say.ts';

const resultFile = fileURLToPath(new URL('../../out/bench.json', import.meta.url));

const parts = {
  start: measureStart,
  rest: measureAtRest,
  'after-start': measureAfterStart,
  sizes: measureSizeFigures,
};

await runTask(async (task) => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
  });
  const bench = await setUpBench(task, { quick: values.quick, cpis: 'stand-in' });
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (values.only === undefined || values.only.includes(name))
      figures.push(...(await measure(bench, task)));
  }
  heading('The viewer beside an empty window');
  say(tableOf(figures));
  await mkdir(path.dirname(resultFile), { recursive: true });
  const { machine, template, quick } = bench;
  await writeFile(
    resultFile,
    `${JSON.stringify({ at: new Date().toISOString(), machine, template, quick, figures }, null, 2)}\n`,
  );
  say('', `Kept in ${path.relative(process.cwd(), resultFile)}.`);
});
