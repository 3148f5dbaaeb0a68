/** Whether the test of a control notices that the control is gone. */
import type { Control } from './control.ts';
import type { TestRun } from './test-run.ts';

export type Verdict =
  | { readonly kind: 'noticed'; readonly failed: number }
  /** The defect is in the tests: nothing stands between this control and its loss. */
  | { readonly kind: 'not noticed' }
  /** Nothing was proven: the table, or the change it makes, is not right. */
  | { readonly kind: 'not proven'; readonly reason: string };

/** With the control in place its test must exist and pass. */
export function checkUnchanged(control: Control, unchanged: TestRun): Verdict | undefined {
  if (unchanged.problem !== undefined) return notProven(unchanged.problem);
  const isIts = (name: string) => name.includes(control.test);
  if (unchanged.failed.some(isIts)) return notProven('its test fails with the control in place');
  return unchanged.passed.some(isIts) ? undefined : notProven(`there is no test "${control.test}"`);
}

export function judge(switchedOff: TestRun): Verdict {
  if (switchedOff.problem !== undefined) return notProven(switchedOff.problem);
  const failed = switchedOff.failed.length;
  if (failed + switchedOff.passed.length === 0) return notProven('no test was run');
  return failed > 0 ? { kind: 'noticed', failed } : { kind: 'not noticed' };
}

export function notProven(reason: string): Verdict {
  return { kind: 'not proven', reason };
}
