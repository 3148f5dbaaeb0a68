/** A record system on the same computer: it makes launch links, and opens them as a user's click would. */
import type { SyntheticPatient } from '../../simulator/client.ts';
import { startAgain } from '../second-start.ts';

/** `change`: in place of the patient's date of birth (`YYYY-MM-DD`) and of the nurses' organisation code. */
export function linkTo(
  { nhsNumber, birthDate }: SyntheticPatient,
  change: { birthDate?: string; location?: string } = {},
): string {
  const query = new URLSearchParams({
    patient: `https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`,
    birthdate: change.birthDate ?? birthDate ?? '',
    // The nurses' own, in the simulator.
    location: `https://fhir.nhs.uk/Id/ods-organization-code|${change.location ?? 'Z9A01'}`,
  });
  return `cpis-viewer:launch?${query}`;
}

/** Starts the viewer once more with a link, as Windows and Linux do. The second process passes the link on and ends in order. */
export async function openLink(profile: string, link: string): Promise<void> {
  const exitCode = await startAgain(profile, link);
  if (exitCode !== 0) throw new Error(`The second process ended with ${exitCode}.`);
}
