import { expect, test } from 'vitest';
import { parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Death } from '../../../shared/clinical/patient.ts';
import { patient } from '../../../shared/testing/synthetic.ts';
import { drawn } from '../../testing/drawn.ts';
import { Matches } from './matches.tsx';

function textWith(death: Death): string {
  const parsed = parseNhsNumber(patient.banner.nhsNumber);
  if (parsed.kind === 'invalid') throw new Error('not a valid NHS number');
  const match = {
    nhsNumber: parsed.nhsNumber,
    banner: { ...patient.banner, death },
    comparison: { foundBy: 'current', differences: [] },
  } as const;
  return drawn(<Matches matches={[match]} busy={false} onChoose={() => {}} />).text;
}

test('a patient who has died is listed as that, with the date', () => {
  const date = { short: '14-Aug-2025 (10y)', long: '14 August 2025, 10 years old' };
  expect(textWith({ kind: 'died', date })).toContain('Died 14-Aug-2025 (10y)');
});

test('H3: a patient who may be alive is not listed as one who has died', () => {
  const text = textWith({ kind: 'unclear' });
  expect(text).toContain('14 August 2015, 11 years old May have died Female');
  expect(text).not.toContain('Died');
});
