import { expect, test } from 'vitest';
import type { Death } from '../../shared/clinical/patient.ts';
import { patient } from '../../shared/testing/synthetic.ts';
import { drawn } from '../testing/drawn.ts';
import { PatientBanner } from './patient-banner.tsx';

test('H3: name, date of birth, gender and NHS number, in the order of the CUI', () => {
  expect(drawn(<PatientBanner banner={patient.banner} />).text).toBe(
    'Name TESTCHILD, Amber (Miss) Born 14-Aug-2015 (11y) 14 August 2015, 11 years old Gender Female NHS No. 999 000 0018',
  );
});

test('a patient who has died is shown as that', () => {
  const date = { short: '14-Aug-2025 (10y)', long: '14 August 2025, 10 years old' };
  expect(textWith({ kind: 'died', date })).toContain('Died 14-Aug-2025 (10y)');
});

test('H3: a patient who may be alive is not shown under "Died"', () => {
  expect(textWith({ kind: 'unclear' })).toContain('Death May have died Gender');
});

function textWith(death: Death): string {
  return drawn(<PatientBanner banner={{ ...patient.banner, death }} />).text;
}
