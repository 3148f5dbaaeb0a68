import { expect, test } from 'vitest';
import { acrValuesFor } from './acr-values.ts';

test.each([
  ['as it comes', { acrValues: undefined, leastAuthenticationAssurance: 2 }, 'AAL2_OR_AAL3_ANY'],
  ['a site that demands 3', { acrValues: undefined, leastAuthenticationAssurance: 3 }, 'AAL3_ANY'],
  ['a site with words of its own', { acrValues: 'AAL2_ANY', leastAuthenticationAssurance: 3 }, 'AAL2_ANY'],
])('%s', (_name, settings, asked) => {
  const cis2 = { ...settings, strongestAcrValues: 'AAL3_ANY' };
  expect(acrValuesFor(cis2, 'default')).toBe(asked);
  expect(acrValuesFor(cis2, 'step-up')).toBe('AAL3_ANY');
});
