import { expect, test } from 'vitest';
import type { TraceOutcome } from '../../shared/outcome.ts';
import { withOrganisation } from './other-organisation.ts';

const traced: TraceOutcome = {
  kind: 'traced',
  patient: {
    context: 'c',
    banner: {
      name: 'N',
      born: { short: '1', long: '1' },
      gender: 'g',
      nhsNumber: 'n',
      death: { kind: 'none' },
    },
    notes: [],
    comparison: undefined,
    openedFrom: { kind: 'viewer' },
  },
};

test.each([
  ['the same', 'RX1', 'RX1'],
  ['a site of the trust', 'RX101', 'RX1'],
  ['the trust of the site', 'RX1', 'RX101'],
  ['none that the record system names', undefined, 'RX1'],
  ['none that Care Identity names', 'RX1', undefined],
])('%s: nothing is said', (_what, location, organisation) => {
  expect(withOrganisation(traced, location, organisation)).toEqual(traced);
});

test('another organisation than that of the role is said with the patient', () => {
  expect(withOrganisation(traced, 'A12345', 'RX1')).toMatchObject({
    patient: {
      notes: [
        {
          kind: 'other-organisation',
          sentence: 'Your record system is used for organisation A12345, and you are signed in here for RX1.',
        },
      ],
    },
  });
});
