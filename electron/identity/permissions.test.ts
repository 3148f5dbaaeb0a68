import { expect, test } from 'vitest';
import { readPermissions } from './permissions.ts';

test.each([
  ['both codes', ['B0107', 'B0170', 'B0820'], 'allowed', 'allowed'],
  ['B0107 only: a silent view is not listed', ['B0107'], 'allowed', 'uncertain'],
  ['H4: B0170 only: the view that notifies is not offered', ['B0170'], 'refused', 'allowed'],
  ['neither: another code may include them', ['B0820', 'B0016'], 'uncertain', 'uncertain'],
  ['no list of codes at all', [], 'uncertain', 'uncertain'],
  ['a code that only looks like one', ['b0107', 'B01070', ' B0170'], 'uncertain', 'uncertain'],
])('%s', (_case, codes, unscheduled, scheduled) => {
  const permissions = readPermissions(codes);
  expect([permissions.unscheduled.kind, permissions.scheduled.kind]).toEqual([unscheduled, scheduled]);
});

test('H5: a role that cannot notify says what to do in unscheduled care', () => {
  expect(readPermissions(['B0170']).unscheduled).toEqual({
    kind: 'refused',
    reason:
      'Your role lets you check in scheduled care only (activity B0170). In unscheduled care, phone the local authority or change role.',
  });
});

test.each([
  ['B0820: view', ['B0820'], 'allowed'],
  ['B0825: amend, which includes view', ['B0825'], 'allowed'],
  ['neither: another code may include them', ['B0107'], 'uncertain'],
])('finding a patient: %s', (_case, codes, findPatient) => {
  expect(readPermissions(codes).findPatient.kind).toBe(findPatient);
});
