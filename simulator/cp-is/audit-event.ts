import { randomUUID } from 'node:crypto';
import type { SimulatedAccess, SimulatedPatient } from '../patients.ts';
import type { MatchWithIncludes, Resource } from './searchset.ts';

/**
 * The access history as CP-IS sends it, with the oddities of the guide's own sample: `requestor` is a text, `type` has
 * no code, displays end in spaces, nothing names a profile.
 */
export function auditEventEntries(
  patient: SimulatedPatient,
  accesses: readonly SimulatedAccess[],
): readonly MatchWithIncludes[] {
  return accesses.map((access) => {
    const author = practitionerRole(access);
    return { match: auditEvent(patient, access, author.id), includes: [author] };
  });
}

const roleClass = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';

function auditEvent(patient: SimulatedPatient, { recorded }: SimulatedAccess, authorId: string): Resource {
  return {
    resourceType: 'AuditEvent',
    id: randomUUID(),
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', display: 'CP-IS access ' },
    recorded,
    agent: [
      {
        type: { coding: [{ system: roleClass, code: 'PAT', display: 'patient ' }] },
        who: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: patient.nhsNumber } },
        requestor: 'false',
      },
      {
        type: { coding: [{ system: roleClass, code: 'ASSIGNED', display: 'assigned entity ' }] },
        who: { reference: `PractitionerRole/${authorId}` },
        requestor: 'true',
      },
    ],
    source: { observer: { display: 'CP-IS ' } },
  };
}

function practitionerRole({ name, role, organisation }: SimulatedAccess): Resource {
  return {
    resourceType: 'PractitionerRole',
    id: randomUUID(),
    identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: '555000000001' }],
    ...(name === undefined ? {} : { practitioner: { display: name } }),
    ...(organisation === undefined ? {} : { organization: { display: organisation } }),
    ...(role === undefined
      ? {}
      : { code: [{ coding: [{ system: 'http://snomed.info/sct', code: '224535009', display: role }] }] }),
  };
}
