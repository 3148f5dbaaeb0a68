import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { holdsAnotherNumber, namesAnotherPatient } from '../fhir/named-patients.ts';
import type { Searchset } from '../fhir/searchset.ts';
import type { Today } from '../today.ts';
import { mentionsRecord } from './mentioned-record.ts';
import type { PlansReading, WireFormat } from './wire-format.ts';

/** Reads the plans of the requested patient from an answer, by the rules that hold in every wire format. */
export function readPlans(
  format: WireFormat,
  searchset: Searchset,
  nhsNumber: NhsNumber,
  today: Today,
): PlansReading {
  const { bodies, entries } = searchset;
  if (namesAnotherPatient(bodies, nhsNumber)) return { kind: 'wrong-patient' }; // H3
  const reading = format.readPlans(searchset, nhsNumber, today);
  switch (reading.kind) {
    case 'no-record':
      if (entries.length === 0 && holdsAnotherNumber(bodies, nhsNumber)) return { kind: 'wrong-patient' }; // H3
      return mentionsRecord(JSON.stringify(bodies)) ? { kind: 'record-mentioned' } : reading; // H2
    case 'unreadable':
      return mentionsRecord(JSON.stringify(bodies)) ? { kind: 'record-mentioned' } : reading;
    case 'plans':
    case 'wrong-patient':
    case 'record-mentioned':
      return reading;
  }
}
