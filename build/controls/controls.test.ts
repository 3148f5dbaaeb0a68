import { expect, test } from 'vitest';
import { controls } from '../../e2e/mutations/controls.ts';
import { staleEntryProblem } from '../../e2e/mutations/stale-entry.ts';
import { root } from '../verification/tools.ts';

test('every hazard of the design has a control that can be switched off', () => {
  const covered = new Set<string>(controls.map(({ hazard }) => hazard));
  const designed = Array.from({ length: 15 }, (_, index) => `H${index + 1}`);
  expect(designed.filter((hazard) => !covered.has(hazard))).toEqual([]);
});

test.each(controls)('$hazard: $control', async (control) => {
  expect(await staleEntryProblem(root, control)).toBeUndefined();
});
