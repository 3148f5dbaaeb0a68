/**
 * `npm run test:controls [-- H4 H9 --why]`: switches off each control of the hazard log in turn, in a copy of the
 * sources, and shows that its test notices; `--why` adds in which words. A control whose loss no test notices is a defect
 * of the tests.
 */
import { parseArgs } from 'node:util';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { type Control, type Hazard, hazards, testKind } from '../../e2e/mutations/control.ts';
import { controls } from '../../e2e/mutations/controls.ts';
import { staleEntryProblem } from '../../e2e/mutations/stale-entry.ts';
import type { NamedTest, TestRun } from '../../e2e/mutations/test-run.ts';
import { checkUnchanged, judge, notProven, type Verdict } from '../../e2e/mutations/verdict.ts';
import { runNamedEndToEndTests, type Stage } from '../controls/end-to-end-tests.ts';
import { copySources } from '../controls/source-copy.ts';
import { runNamedUnitTests } from '../controls/unit-tests.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import { heading, log, reasonOf } from '../terminal/log.ts';
import { runTask, type Task } from '../terminal/run-task.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { root } from '../verification/tools.ts';

const atATime = 2;

type Run = (folder: string, tests: readonly NamedTest[], workers: number) => Promise<TestRun>;

await runTask(async (task) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { why: { type: 'boolean', default: false } },
  });
  const wanted = readWanted(positionals);
  const tell = (control: Control, verdict: Verdict, milliseconds: number) =>
    announce(control, verdict, milliseconds, values.why);
  const chosen = controls.filter(({ hazard }) => wanted.includes(hazard));
  const unit = chosen.filter((control) => testKind(control) === 'unit');
  const endToEnd = chosen.filter((control) => testKind(control) === 'end-to-end');

  const verdicts: Verdict[] = [];
  if (unit.length > 0) {
    heading('Controls that a unit test watches');
    verdicts.push(...(await prove(task, unit, runNamedUnitTests, tell)));
  }
  if (endToEnd.length > 0) {
    heading('Controls that only the window shows');
    const stage = await setStage(task);
    const run: Run = (folder, tests, workers) => runNamedEndToEndTests(folder, tests, stage, workers);
    verdicts.push(...(await prove(task, endToEnd, run, tell)));
  }

  const passed = verdicts.filter(({ kind }) => kind === 'noticed').length;
  const failed = verdicts.length - passed;
  if (failed > 0 || passed === 0) process.exitCode = 1;
  log(`\n${passed} passed, ${failed} failed`);
});

/** Every hazard with controls that can be switched off, unless some are named. */
function readWanted(names: readonly string[]): readonly Hazard[] {
  const unknown = names.filter((name) => !hazards.some((hazard) => hazard === name));
  if (unknown.length > 0) throw new Error(`There is no hazard ${unknown.join(', ')}.`);
  return names.length === 0 ? hazards : hazards.filter((hazard) => names.includes(hazard));
}

async function setStage(task: Task): Promise<Stage> {
  const runtime = await resolveElectron();
  await ensureSystemLibraries('tests', runtime.executable);
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  return { runtime, display: display.env };
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
  const staleEntry = await staleEntryProblem(root, control);
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
