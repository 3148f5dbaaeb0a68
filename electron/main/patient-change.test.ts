import { expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { PatientLookup } from '../clinical/patient-lookup.ts';
import { withPatientChange } from './patient-change.ts';

const leftAt = new Date('2026-11-23T14:00:00Z');
const fault = makeFault('patient-changed', 'ref-1');

const lookup: PatientLookup = {
  trace: async () => ({ kind: 'could-not-trace', fault }),
  search: async () => ({ kind: 'could-not-search', fault }),
  openPatient: () => undefined,
  discard: async () => undefined,
  check: async () => ({ kind: 'not-asked', fault }),
  history: async () => ({ kind: 'could-not-read', fault }),
  clear: (reason) => (reason === 'lock' ? leftAt : undefined),
};

test('H5: when the unscheduled check was sent that a lock leaves is passed on', () => {
  let changes = 0;
  const watched = withPatientChange(lookup, () => {
    changes += 1;
  });
  expect(watched.clear('lock')).toBe(leftAt);
  expect(watched.clear('sign-out')).toBeUndefined();
  expect(changes).toBe(2);
});
