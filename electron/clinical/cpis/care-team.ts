/**
 * The wire format of the CP-IS FHIR R4 API: plans are CareTeam resources, accesses AuditEvent resources. Source: CP-IS
 * API consumer guide, v0.0.1-alpha.
 */
import * as v from 'valibot';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Resource } from '../fhir/bundle.ts';
import { concept, contactPoints, objects, period, readText, readToken } from '../fhir/elements.ts';
import { nhsNumberSystem } from '../fhir/nhs-number-identifier.ts';
import { indexReferences } from '../fhir/references.ts';
import { type Searchset, uniqueMatches } from '../fhir/searchset.ts';
import { compareSubject } from '../fhir/subject.ts';
import { type QueryParameter, serviceUrl } from '../service/service-url.ts';
import type { Today } from '../today.ts';
import { describePlans, type PlanFacts } from './plan.ts';
import type { PlansReading, WireFormat } from './wire-format.ts';

export interface CareTeamSettings {
  readonly baseUrl: string;
  readonly includePractitionerRole: boolean;
}

/** Both care settings, and an access history. */
export function createCareTeamFormat({ baseUrl, includePractitionerRole }: CareTeamSettings): WireFormat {
  return {
    careSettings: ['unscheduled', 'scheduled'],
    plansUrl: (nhsNumber) => serviceUrl(baseUrl, 'CareTeam', [byPatient(nhsNumber)]),
    readPlans: readCareTeams,
    historyUrl: (nhsNumber) =>
      serviceUrl(baseUrl, 'AuditEvent', [
        byPatient(nhsNumber),
        ...(includePractitionerRole ? [includeRole] : []),
      ]),
  };
}

function byPatient(nhsNumber: NhsNumber): QueryParameter {
  return ['patient:identifier', `${nhsNumberSystem}|${nhsNumber}`];
}

const includeRole: QueryParameter = [
  '_include',
  'AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED',
];

const careTeamSchema = v.object({
  category: objects(concept),
  period,
  telecom: contactPoints,
});

/** See `WireFormat.readPlans`. */
export function readCareTeams(searchset: Searchset, nhsNumber: NhsNumber, today: Today): PlansReading {
  if (searchset.isEmptyResult) return { kind: 'no-record' };
  // H2: below this line an answer either gives plans or is not understood; it never becomes "no record".
  const notUnderstood: PlansReading = { kind: searchset.total > 0 ? 'record-mentioned' : 'unreadable' };
  if (searchset.defects.length > 0) return notUnderstood;
  const isTeam = ({ resource }: { resource: Resource }) => resource.resourceType === 'CareTeam';
  const isAsExpected = searchset.entries.every((entry) =>
    isTeam(entry) ? entry.mode !== 'include' : entry.mode !== 'match',
  );
  if (!isAsExpected) return notUnderstood;
  const { resources, counted } = uniqueMatches(searchset.entries.filter(isTeam));
  if (searchset.total > counted) return notUnderstood;
  const references = indexReferences(searchset.entries);
  const subjects = new Set(resources.map((team) => compareSubject(team, nhsNumber, references)));
  if (subjects.has('other')) return { kind: 'wrong-patient' }; // H3
  if (subjects.has('unknown')) return notUnderstood; // H3
  const plans = describePlans(resources.map(readCareTeam), today);
  return plans === undefined ? notUnderstood : { kind: 'plans', plans, mayBeMore: false };
}

function readCareTeam(resource: Resource): PlanFacts {
  const { category, period: dates, telecom } = v.parse(careTeamSchema, resource);
  const status = readToken(resource, 'status');
  return {
    categories: category,
    period: dates,
    withdrawn: status === 'active' ? undefined : status,
    localAuthority: readText(resource, 'name'),
    telecoms: telecom,
  };
}
