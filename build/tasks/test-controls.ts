/**
 * `npm run test:controls [-- H4 clipboard --why]`: switches off each control of the hazard log in turn, in a copy of the
 * sources, and shows that its test notices; `--why` adds in which words. A hazard chooses its rows; any other word those whose
 * sentence or file holds it. A control whose loss no test notices is a defect of the tests.
 */
import { parseArgs } from 'node:util';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { type Control, hazards, testKind } from '../../e2e/mutations/control.ts';
import { controls } from '../../e2e/mutations/controls.ts';
import { runNamedEndToEndTests, type Stage } from '../../e2e/mutations/run-end-to-end-tests.ts';
import { runNamedUnitTests } from '../../e2e/mutations/run-unit-tests.ts';
import { copySources } from '../../e2e/mutations/source-copy.ts';
import { staleEntryProblem } from '../../e2e/mutations/stale-entry.ts';
import type { NamedTest, TestRun } from '../../e2e/mutations/test-run.ts';
import { checkUnchanged, judge, notProven, type Verdict } from '../../e2e/mutations/verdict.ts';
import { capture } from '../commands/capture.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import { heading, log, reasonOf } from '../terminal/log.ts';
import { runTask, type Task } from '../terminal/run-task.ts';
import { conclude } from '../verification/run-check.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { tallyOf } from '../verification/tally.ts';

const atATime = 2;

type Run = (folder: string, tests: readonly NamedTest[], workers: number) => Promise<TestRun>;

await runTask(async (task) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { why: { type: 'boolean', default: false } },
  });
  const tell = (control: Control, verdict: Verdict, milliseconds: number) =>
    announce(control, verdict, milliseconds, values.why);
  const chosen = choose(positionals);
  const unit = chosen.filter((control) => testKind(control) === 'unit');
  const endToEnd = chosen.filter((control) => testKind(control) === 'end-to-end');

  const verdicts: Verdict[] = [];
  if (unit.length > 0) {
    heading('Controls that a unit test watches');
    const run: Run = (folder, tests) => runNamedUnitTests(folder, tests, capture);
    verdicts.push(...(await prove(task, unit, run, tell)));
  }
  if (endToEnd.length > 0) {
    heading('Controls that only the window shows');
    const stage = await setStage(task);
    const run: Run = (folder, tests, workers) =>
      runNamedEndToEndTests(folder, tests, stage, workers, capture);
    verdicts.push(...(await prove(task, endToEnd, run, tell)));
  }

  conclude([tallyOf(verdicts.map(({ kind }) => ({ passed: kind === 'noticed' })))]);
});

function choose(words: readonly string[]): readonly Control[] {
  if (words.length === 0) return controls;
  const isMeant = (word: string, { hazard, control, file }: Control) =>
    hazards.some((known) => known === word)
      ? hazard === word
      : `${control} ${file}`.toLowerCase().includes(word.toLowerCase());
  const unknown = words.filter((word) => !controls.some((control) => isMeant(word, control)));
  if (unknown.length > 0) throw new Error(`There is no hazard and no control ${unknown.join(', ')}.`);
  return controls.filter((control) => words.some((word) => isMeant(word, control)));
}

async function setStage(task: Task): Promise<Stage> {
  const runtime = await resolveElectron();
  await ensureSystemLibraries('tests', runtime.executable);
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  return { electron: runtime.executable, display: display.env };
}

/** First all the tests together with every control in place, then each control's own test without it. */
async function prove(
  task: Task,
  table: readonly Control[],
  run: Run,
  tell: (control: Control, verdict: Verdict, milliseconds: number) => void,
): Promise<readonly Verdict[]> {
  const unchanged = await inCopy(task, undefined, (folder) => run(folder, table, atATime));
  return runWithConcurrency(
    atATime,
    table.map((control) => async () => {
      const started = performance.now();
      const verdict = await proveOne(task, control, unchanged, run);
      tell(control, verdict, performance.now() - started);
      return verdict;
    }),
  );
}

async function proveOne(task: Task, control: Control, unchanged: TestRun, run: Run): Promise<Verdict> {
  const staleEntry = await staleEntryProblem(control);
  if (staleEntry !== undefined) return notProven(staleEntry);
  const problem = checkUnchanged(control, unchanged);
  if (problem !== undefined) return problem;
  try {
    return judge(await inCopy(task, control, (folder) => run(folder, [control], 1)));
  } catch (error) {
    return notProven(reasonOf(error));
  }
}

async function inCopy<Result>(
  task: Task,
  control: Control | undefined,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const copy = await copySources(control);
  task.onEnd(copy.remove);
  try {
    return await work(copy.folder);
  } finally {
    await copy.remove();
  }
}

function announce(
  { hazard, control, test }: Control,
  verdict: Verdict,
  milliseconds: number,
  withReason: boolean,
): void {
  const seconds = `${(milliseconds / 1_000).toFixed(1)} s`;
  log(`  ${hazard.padEnd(4)} ${verdict.kind.padEnd(12)} ${seconds.padStart(7)}  ${control}`);
  const indented = (text: string) => log(text.replaceAll(/^/gm, ' '.repeat(29)));
  if (verdict.kind !== 'noticed') indented(`test: ${test}`);
  if (verdict.kind === 'noticed' && withReason) indented(verdict.why);
  if (verdict.kind === 'not proven') indented(verdict.reason);
}
