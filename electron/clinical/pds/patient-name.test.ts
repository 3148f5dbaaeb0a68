/** The name that is shown, over any list of names as PDS writes them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { firstChild, patient } from '../testing/synthetic.ts';
import { readPatient } from './patient.ts';

const today = ukDate(new Date('2026-11-23T12:00:00Z'));

function shownOf(name: unknown) {
  const read = readPatient(patient(firstChild, { name }), [today]);
  if (read === undefined) throw new Error('not a patient');
  return { name: read.banner.name, kinds: read.notes.map(({ kind }) => kind) };
}

const date = fc.constantFrom('2015-08-14', '2016-01-01', '2026-11-23', '2027-01-01');
const name = fc.record(
  {
    use: fc.constantFrom('usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden', 'unknown'),
    family: fc.constantFrom('Example', 'Other', 'Test'),
    given: fc.constantFrom(['Robin'], ['Sam', 'Jo']),
    period: fc.record({ start: date, end: date }, { requiredKeys: [] }),
  },
  { requiredKeys: ['family', 'given'] },
);
const damage = fc.constantFrom<((name: object) => unknown)[]>(
  () => 'damaged',
  () => ({}),
  (whole) => ({ ...whole, family: {}, given: [{}] }),
  (whole) => ({ ...whole, family: {} }),
  (whole) => ({ ...whole, given: [{}] }),
  (whole) => ({ ...whole, use: {} }),
  (whole) => ({ ...whole, period: 'x' }),
);

test('H3: whichever name is damaged, the name shown is the best of the whole ones, or has a note', () => {
  const damaged = fc
    .tuple(fc.array(name, { minLength: 1, maxLength: 4 }), fc.nat(), damage)
    .map(([names, nth, change]) => ({
      names,
      damaged: names.map((each, index) => (index === nth % names.length ? change(each) : each)),
    }));
  fc.assert(
    fc.property(damaged, ({ names, damaged: found }) => {
      const best = shownOf(names);
      const shown = shownOf(found);
      const isNoted = shown.kinds.includes('name-unclear') || shown.kinds.includes('incomplete');
      expect(shown.name === best.name || isNoted).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
