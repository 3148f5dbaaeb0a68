/** Says where the record system is used in another organisation than the one for which the user is signed in. */
import type { TraceOutcome } from '../../shared/outcome.ts';

/**
 * Adds the note. Both are ODS codes; the code of a site begins with the code of its trust, and counts as the same.
 * A launch is not refused for it: a user may work for one organisation in the record system of another.
 */
export function withOrganisation(
  outcome: TraceOutcome,
  location: string | undefined,
  organisation: string | undefined,
): TraceOutcome {
  if (outcome.kind !== 'traced' || location === undefined || organisation === undefined) return outcome;
  if (location.startsWith(organisation) || organisation.startsWith(location)) return outcome;
  const sentence = `Your record system is used for organisation ${location}, and you are signed in here for ${organisation}.`;
  const { patient } = outcome;
  return {
    kind: 'traced',
    patient: { ...patient, notes: [...patient.notes, { kind: 'other-organisation', sentence }] },
  };
}
