/** An enquiry that says when its patient goes: by a trace, a search, a discard, a lock or a sign-out, before it begins. */
import type { Enquiry } from '../clinical/enquiry.ts';

export function withPatientChange(enquiry: Enquiry, onChange: () => void): Enquiry {
  return {
    ...enquiry,
    trace(...request) {
      onChange();
      return enquiry.trace(...request);
    },
    search(request) {
      onChange();
      return enquiry.search(request);
    },
    discard() {
      onChange();
      return enquiry.discard();
    },
    clear(reason) {
      onChange();
      enquiry.clear(reason);
    },
  };
}
