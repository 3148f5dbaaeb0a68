import { randomUUID } from 'node:crypto';
import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Answer, fhirAnswer } from '../answer.ts';
import { type ApiRequest, headerOf, isUuid } from '../api-request.ts';
import type { Calendar } from '../calendar.ts';
import { outcomeAnswer } from '../operation-outcome.ts';
import type { SimulatedPatient, SimulatedPlan } from '../patients.ts';
import type { AccessTokens } from '../platform/access-tokens.ts';
import { mayUse } from '../users.ts';
import { telecomOf } from './care-team.ts';

export interface PatientFlagsDependencies {
  readonly patients: readonly SimulatedPatient[];
  readonly accessTokens: AccessTokens;
  readonly calendar: Calendar;
}

const categories = 'https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient';
const profile = (name: string) => ({ profile: [`https://fhir.nhs.uk/England/StructureDefinition/${name}`] });

const refuse = (status: number, issue: string, code: string, display: string): Answer =>
  outcomeAnswer(status, { issue, code, display });

/**
 * Patient Flags: one Bundle of Flag, CarePlan and CareTeam, read silently. Source: NHS England Patient Flag guide
 * v0.3.0. The service notifies no local authority and keeps no history, and its answer may hold flags of other categories.
 */
export function createPatientFlags({ patients, accessTokens, calendar }: PatientFlagsDependencies) {
  return {
    handle: (request: ApiRequest): Answer => {
      const authorisation = accessTokens.authorise(request);
      if (authorisation.kind === 'refused') return authorisation.answer;
      if (!isUuid(headerOf(request, 'x-request-id'))) {
        return refuse(400, 'value', 'INVALID_VALUE', 'Provided value is invalid');
      }
      const { role } = authorisation.caller;
      if (!mayUse(role, 'B0107') && !mayUse(role, 'B0170')) {
        return refuse(403, 'forbidden', 'ACCESS_DENIED', 'Access has been denied to process this request');
      }
      const parsed = parseNhsNumber(request.url.searchParams.get('patient') ?? '');
      if (parsed.kind === 'invalid') {
        return refuse(400, 'value', 'INVALID_SEARCH_DATA', 'Search data is invalid');
      }
      const patient = patients.find(({ nhsNumber }) => nhsNumber === parsed.nhsNumber);
      if (patient === undefined) return refuse(404, 'not-found', 'RESOURCE_NOT_FOUND', 'Resource not found');
      if (patient.cpisDenied) {
        return refuse(403, 'forbidden', 'ACCESS_DENIED', 'Access has been denied to process this request');
      }
      return fhirAnswer(200, flagBundle(patient, calendar));
    },
  };
}

/** A result without matches has an empty `entry`; that of CP-IS has none. */
function flagBundle(patient: SimulatedPatient, calendar: Calendar): unknown {
  const planResources = patient.plans.map((plan) => flagOfPlan(patient, plan, calendar));
  const otherFlags = patient.reasonableAdjustment ? [reasonableAdjustmentFlag(patient, calendar)] : [];
  const matches = [...planResources.map(([flag]) => flag), ...otherFlags];
  return {
    resourceType: 'Bundle',
    ...(matches.length === 0 ? {} : { id: randomUUID() }),
    type: 'searchset',
    total: matches.length,
    entry: [
      ...matches.map((flag) => entryOf(flag, 'match')),
      ...planResources.flatMap(([, ...includes]) => includes.map((each) => entryOf(each, 'include'))),
    ],
  };
}

interface FlagResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

function entryOf(resource: FlagResource, mode: 'match' | 'include'): unknown {
  return { fullUrl: `${resource.resourceType}/${resource.id}`, resource, search: { mode } };
}

function flagOfPlan(
  patient: SimulatedPatient,
  plan: SimulatedPlan,
  calendar: Calendar,
): readonly [FlagResource, FlagResource, FlagResource] {
  const carePlanId = randomUUID();
  const careTeamId = randomUUID();
  const ended = plan.end !== undefined && plan.end < calendar.date({});
  const subject = subjectOf(patient);
  const authority = `${plan.organisationCode} - ${plan.localAuthority.toUpperCase()}`;
  const period = {
    ...(plan.start === undefined ? {} : { start: `${plan.start}T09:00:00+00:00` }),
    ...(plan.end === undefined ? {} : { end: `${plan.end}T17:00:00+00:00` }),
  };
  const telecom = telecomOf(plan);
  return [
    {
      resourceType: 'Flag',
      id: randomUUID(),
      meta: profile('England-Flag-PatientFlag'),
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
          valueReference: { reference: `CarePlan/${carePlanId}`, display: plan.display },
        },
      ],
      status: ended ? 'inactive' : 'active',
      code: flagCode('child-protection-information-system-flag', 'Child Protection Information System Flag'),
      subject,
      period,
    },
    {
      resourceType: 'CarePlan',
      id: carePlanId,
      meta: profile('England-CarePlan-Flag'),
      status: ended ? 'completed' : 'active',
      intent: 'plan',
      category: [{ coding: [{ system: 'http://snomed.info/sct', code: plan.code, display: plan.display }] }],
      subject,
      period,
      careTeam: [{ reference: `CareTeam/${careTeamId}`, display: authority }],
    },
    {
      resourceType: 'CareTeam',
      id: careTeamId,
      meta: profile('England-CareTeam-Flag'),
      status: ended ? 'inactive' : 'active',
      name: authority,
      ...(telecom.length === 0 ? {} : { telecom }),
    },
  ];
}

function reasonableAdjustmentFlag(patient: SimulatedPatient, calendar: Calendar): FlagResource {
  return {
    resourceType: 'Flag',
    id: randomUUID(),
    meta: profile('England-Flag-PatientFlag'),
    status: 'active',
    code: flagCode('reasonable-adjustment-flag', 'Reasonable Adjustment Flag'),
    subject: subjectOf(patient),
    period: { start: `${calendar.date({ months: -9 })}T09:00:00+00:00` },
  };
}

function flagCode(code: string, display: string): unknown {
  return { coding: [{ system: categories, code, display }] };
}

function subjectOf(patient: SimulatedPatient): unknown {
  return {
    reference: `Patient/${patient.nhsNumber}`,
    identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: patient.nhsNumber },
    display: `${patient.given.join(' ')} ${patient.family}`,
  };
}
