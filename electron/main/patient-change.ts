/** An enquiry that says when its patient goes: by a trace, a search, a discard, a lock or a sign-out, before it begins. */
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
