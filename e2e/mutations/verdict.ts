/** Whether the test of a control notices that the control is gone. */
import type { Control } from './control.ts';
import type { TestRun } from './test-run.ts';

export type Verdict =
  /** In the words of the first test that failed. */
  | { readonly kind: 'noticed'; readonly why: string }
  /** The defect is in the tests: nothing stands between this control and its loss. */
  | { readonly kind: 'not noticed' }
  /** Nothing was proven: the table, or the change it makes, is not right. */
  | { readonly kind: 'not proven'; readonly reason: string };

/** With the control in place its test must exist and pass. */
export function checkUnchanged(control: Control, unchanged: TestRun): Verdict | undefined {
  if (unchanged.problem !== undefined) return notProven(unchanged.problem);
  const isIts = (name: string) => name.includes(control.test);
  const failed = unchanged.failed.find(({ name }) => isIts(name));
  if (failed !== undefined) return notProven(`its test fails with the control in place: ${failed.why}`);
  return unchanged.passed.some(isIts) ? undefined : notProven(`there is no test "${control.test}"`);
}

/** `switchedOff`: the run of its test without the control. */
export function judge(switchedOff: TestRun): Verdict {
  if (switchedOff.problem !== undefined) return notProven(switchedOff.problem);
  const [failed] = switchedOff.failed;
  if (failed !== undefined) return { kind: 'noticed', why: failed.why };
  return switchedOff.passed.length > 0 ? { kind: 'not noticed' } : notProven('no test was run');
}

/** `reason`: in words for the terminal. */
export function notProven(reason: string): Verdict {
  return { kind: 'not proven', reason };
}
