import { fhirInstant } from '../calendar.ts';
import type { SimulatedAccess, SimulatedPatient } from '../patients.ts';
import type { Caller } from '../platform/access-tokens.ts';

export interface Histories {
  /** Newest first. */
  readonly of: (patient: SimulatedPatient) => readonly SimulatedAccess[];
  readonly prepend: (patient: SimulatedPatient, caller: Caller, at: Date) => void;
  readonly clear: () => void;
}

/** CP-IS keeps the last 25. */
const mostAccesses = 25;

/** Each patient's access history: the entries at the start, and those that the simulator has added. */
export function createHistories(): Histories {
  const changed = new Map<string, readonly SimulatedAccess[]>();
  const of = (patient: SimulatedPatient) => changed.get(patient.key) ?? patient.accesses;
  return {
    of,
    prepend: (patient, { user, role }, at) => {
      const access: SimulatedAccess = {
        recorded: fhirInstant(at),
        // The real texts come with trailing spaces.
        name: `${user.name} `,
        role: `${role.name} `,
        organisation: `${role.organisation.name} (${role.organisation.code})`,
      };
      changed.set(patient.key, [access, ...of(patient)].slice(0, mostAccesses));
    },
    clear: () => changed.clear(),
  };
}
