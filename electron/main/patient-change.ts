/** Wraps a patient lookup and calls `onChange` before each call that replaces or drops the patient. */
import type { PatientLookup } from '../clinical/patient-lookup.ts';

export function withPatientChange(lookup: PatientLookup, onChange: () => void): PatientLookup {
  return {
    ...lookup,
    trace(...request) {
      onChange();
      return lookup.trace(...request);
    },
    search(request) {
      onChange();
      return lookup.search(request);
    },
    discard() {
      onChange();
      return lookup.discard();
    },
    clear(reason) {
      onChange();
      return lookup.clear(reason);
    },
  };
}
