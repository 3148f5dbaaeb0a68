import { type NhsNumber, parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { SimulatedPatient } from '../patients.ts';

export const crowdBirthDate = '2015-01-31';

const sizes = { TESTFIFTY: 50, TESTFIFTYONE: 51 } as const;

/**
 * Two families of as many children as a search may just find, and of one more, all born on one day. Only PDS knows them,
 * and no table lists them.
 */
export function createCrowds(): readonly SimulatedPatient[] {
  const numbers = validNumbers(9_991_000_000);
  return Object.entries(sizes).flatMap(([family, size]) =>
    Array.from({ length: size }, (_, index) => child(family, index + 1, numbers.next().value)),
  );
}

function child(family: string, count: number, nhsNumber: NhsNumber): SimulatedPatient {
  return {
    key: `${family.toLowerCase()}-${count}`,
    description: `One of the family ${family}`,
    nhsNumber,
    family,
    given: [`Mock${String(count).padStart(2, '0')}`],
    birthDate: crowdBirthDate,
    gender: count % 2 === 0 ? 'female' : 'male',
    pds: { kind: 'unrestricted' },
    plans: [],
    accesses: [],
    cpisDenied: false,
    reasonableAdjustment: false,
  };
}

/** In rising order, without end. */
function* validNumbers(from: number): Generator<NhsNumber, never> {
  for (let number = from; ; number += 1) {
    const parsed = parseNhsNumber(String(number));
    if (parsed.kind === 'valid') yield parsed.nhsNumber;
  }
}
