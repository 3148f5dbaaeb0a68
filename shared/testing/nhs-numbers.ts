import fc from 'fast-check';
import { parseNhsNumber } from '../clinical/nhs-number.ts';

/** For tests: any NHS number, in its ten digits, with a valid check digit. */
export const anyNhsNumber = fc
  .integer({ min: 0, max: 999_999_999 })
  .map((first) => String(first).padStart(9, '0'))
  .map((first) => Array.from({ length: 10 }, (_, last) => parseNhsNumber(`${first}${last}`)))
  .map((parsed) => parsed.find(({ kind }) => kind === 'valid'))
  .filter((parsed) => parsed?.kind === 'valid')
  .map(({ nhsNumber }) => nhsNumber);
