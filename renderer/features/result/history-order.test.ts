import { expect, test } from 'vitest';
import type { AccessView } from '../../../shared/clinical/cp-is.ts';
import { newestFirst, orderAfterPress, sortHistory } from './history-order.ts';

const access = (name: string, atSortKey: string, role = ''): AccessView => ({
  at: { short: atSortKey, long: atSortKey },
  atSortKey,
  name,
  role,
  organisation: '',
});

const early = access('bea', '2026-01-01T00:00:00Z', 'Nurse');
const late = access('Ann', '2026-02-01T00:00:00Z', 'Nurse');
const untimed = access('Cy', '', 'Doctor');
const names = (accesses: readonly AccessView[]) => accesses.map(({ name }) => name);

test('newest first, and a row without a time last in both directions', () => {
  expect(names(sortHistory([untimed, early, late], newestFirst))).toEqual(['Ann', 'bea', 'Cy']);
  const oldest = { column: 'at', direction: 'ascending' } as const;
  expect(names(sortHistory([untimed, late, early], oldest))).toEqual(['bea', 'Ann', 'Cy']);
});

test('names sort as people read them, capital or not', () => {
  expect(names(sortHistory([untimed, early, late], { column: 'name', direction: 'ascending' }))).toEqual([
    'Ann',
    'bea',
    'Cy',
  ]);
});

test('equal rows stay newest first', () => {
  const order = { column: 'role', direction: 'descending' } as const;
  expect(names(sortHistory([early, late, untimed], order))).toEqual(['Ann', 'bea', 'Cy']);
});

test('pressing a header sorts by it, and again turns it round', () => {
  const byName = orderAfterPress(newestFirst, 'name');
  expect(byName).toEqual({ column: 'name', direction: 'ascending' });
  expect(orderAfterPress(byName, 'name').direction).toBe('descending');
  expect(orderAfterPress(byName, 'at')).toEqual(newestFirst);
});
