import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWaits } from './waits.ts';

test('a quantile is the value of the nearest rank, to a tenth of a second', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95),
      (values, share) => {
        const waits = createWaits();
        for (const ms of values) waits.add(ms);
        const sorted = values.toSorted((one, other) => one - other);
        const nearest = sorted[Math.max(1, Math.ceil(share * values.length)) - 1] ?? -1;
        expect(waits.quantileSeconds(share)).toBe(Math.round(nearest / 100) / 10);
      },
    ),
  );
  expect(createWaits().quantileSeconds(0.5)).toBeUndefined();
});
