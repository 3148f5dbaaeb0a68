import { expect, test } from 'vitest';
import { hazards } from './control.ts';
import { controls, rows } from './controls.ts';
import { staleEntryProblem } from './stale-entry.ts';

test('every hazard has a control that can be switched off', () => {
  const covered = new Set(controls.map(({ hazard }) => hazard));
  expect(hazards.filter((hazard) => !covered.has(hazard))).toEqual([]);
});

test.each(rows)('$hazard: $control', async (row) => {
  expect(await staleEntryProblem(row)).toBeUndefined();
});
