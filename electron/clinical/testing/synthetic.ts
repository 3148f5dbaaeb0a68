/** For tests: synthetic patients, plans and accesses, written as each wire format writes them. */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { ParsedRequest } from '../../../shared/contract.ts';

/** Throws where it is not valid. */
export function nhsNumber(text: string): NhsNumber {
  const parsed = parseNhsNumber(text);
  if (parsed.kind === 'invalid') throw new Error(`${text} is not a valid NHS number`);
  return parsed.nhsNumber;
}

export const firstChild = nhsNumber('9990000018');
export const secondChild = nhsNumber('9990000026');

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

export const planCodes = {
  childProtection: { code: '342191000000101', display: 'Subject to child protection plan' },
  lookedAfter: { code: '764841000000100', display: 'Looked after child' },
  unborn: { code: '818901000000100', display: 'Unborn child subject to child protection plan' },
} as const;

export interface SyntheticPlan {
  readonly code: string;
  readonly display: string;
  readonly localAuthority: string;
  readonly start?: string;
  readonly end?: string;
  readonly officeHours?: string;
  readonly emergencyDutyTeam?: string;
}

export const currentPlan: SyntheticPlan = {
  ...planCodes.childProtection,
  localAuthority: 'Anyshire County Council',
  start: '2026-01-15',
  officeHours: '01632960001',
  emergencyDutyTeam: '01632960002',
};

export const endedPlan: SyntheticPlan = {
  ...planCodes.lookedAfter,
  localAuthority: 'Bshire',
  start: '2025-01-15',
  end: '2026-03-01',
  officeHours: '01632960003',
  emergencyDutyTeam: '01632960004',
};

/** A gap: an entry that is `undefined`. */
export function withoutGaps(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function telecom({ officeHours, emergencyDutyTeam }: SyntheticPlan): readonly unknown[] {
  return [
    ...(officeHours === undefined ? [] : [{ system: 'phone', value: officeHours, use: 'work' }]),
    ...(emergencyDutyTeam === undefined
      ? []
      : [{ system: 'phone', value: emergencyDutyTeam, use: 'mobile' }]),
  ];
}

const category = ({ code, display }: SyntheticPlan) => [
  { coding: [{ system: 'http://snomed.info/sct', code, display }] },
];

const subject = (number: string) => ({
  identifier: { system: nhsNumberSystem, value: number },
  display: 'Test PATIENT',
});

/** `total` counts `matches` alone. `further` replaces members of the Bundle. */
export function searchset(
  matches: readonly unknown[],
  includes: readonly unknown[] = [],
  further: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const entries = [
    ...matches.map((resource) => ({ resource, search: { mode: 'match' } })),
    ...includes.map((resource) => ({ resource, search: { mode: 'include' } })),
  ];
  return {
    resourceType: 'Bundle',
    id: 'test-bundle',
    type: 'searchset',
    total: matches.length,
    link: [{ relation: 'self', url: 'https://example.test/search' }],
    ...(entries.length === 0 ? {} : { entry: entries }),
    ...further,
  };
}

/** A plan as the CP-IS API has it, with the phone numbers of its local authority. */
export function careTeam(plan: SyntheticPlan, number: string, id = 'team-1'): Record<string, unknown> {
  return {
    resourceType: 'CareTeam',
    id,
    category: category(plan),
    name: plan.localAuthority,
    subject: subject(number),
    telecom: telecom(plan),
    period: withoutGaps({ start: plan.start, end: plan.end }),
  };
}

/** The CP-IS API's answer, with the ids `team-0`, `team-1` and so on. */
export function careTeams(plans: readonly SyntheticPlan[], number: string): Record<string, unknown> {
  return searchset(plans.map((plan, index) => careTeam(plan, number, `team-${index}`)));
}

const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';
const flagCategories = 'https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient';

/** A flag of Patient Flags; its extensions `flag-detail` refer to the plans. */
export function flag(
  planIds: readonly string[],
  number: string,
  { id = 'flag-1', code = 'child-protection-information-system-flag', status = 'active' } = {},
): Record<string, unknown> {
  return {
    resourceType: 'Flag',
    id,
    extension: planIds.map((planId) => ({
      url: flagDetail,
      valueReference: { reference: `CarePlan/${planId}` },
    })),
    status,
    code: { coding: [{ system: flagCategories, code }] },
    subject: { reference: `Patient/${number}` },
  };
}

/** A plan as Patient Flags has it. It refers to the care team `<id>-team`. */
export function carePlan(plan: SyntheticPlan, number: string, id = 'plan-1'): Record<string, unknown> {
  return {
    resourceType: 'CarePlan',
    id,
    status: 'active',
    intent: 'plan',
    category: category(plan),
    subject: { reference: `Patient/${number}` },
    period: withoutGaps({ start: plan.start, end: plan.end }),
    careTeam: [{ reference: `CareTeam/${id}-team`, display: plan.localAuthority }],
  };
}

/** The local authority of a plan of Patient Flags. */
export function flagCareTeam(plan: SyntheticPlan, id = 'plan-1-team'): Record<string, unknown> {
  return {
    resourceType: 'CareTeam',
    id,
    status: 'active',
    name: plan.localAuthority,
    telecom: telecom(plan),
  };
}

/** One flag a plan, as the guide's example has it. */
export function patientFlags(plans: readonly SyntheticPlan[], number: string): Record<string, unknown> {
  const ids = plans.map((_, index) => `plan-${index}`);
  return searchset(
    ids.map((id) => flag([id], number, { id: `flag-${id}` })),
    plans.flatMap((plan, index) => [
      carePlan(plan, number, `plan-${index}`),
      flagCareTeam(plan, `plan-${index}-team`),
    ]),
    plans.length === 0 ? { entry: [] } : {},
  );
}

export interface SyntheticAccess {
  readonly recorded: string;
  readonly name?: string;
  readonly role?: string;
  readonly organisation?: string;
}

/** `number`: of the patient. The person who looked is the agent with `roleReference`. */
export function auditEvent(
  { recorded }: SyntheticAccess,
  number: string,
  id: string,
  roleReference = `PractitionerRole/${id}-role`,
): Record<string, unknown> {
  const type = (code: string) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code }],
  });
  return {
    resourceType: 'AuditEvent',
    id,
    type: { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', display: 'Access/View' },
    recorded,
    agent: [
      {
        type: type('PAT'),
        who: { identifier: { system: nhsNumberSystem, value: number } },
        requestor: 'false',
      },
      { type: type('ASSIGNED'), who: { reference: roleReference }, requestor: 'true' },
    ],
  };
}

/** The person who looked, in texts alone: the role ends in a space, as in the guide. */
export function practitionerRole(
  { name, role, organisation }: SyntheticAccess,
  id: string,
): Record<string, unknown> {
  return {
    resourceType: 'PractitionerRole',
    id,
    practitioner: withoutGaps({ display: name }),
    organization: withoutGaps({ display: organisation }),
    code:
      role === undefined
        ? []
        : [{ coding: [{ system: 'http://snomed.info/sct', code: '1', display: `${role} ` }] }],
  };
}

/** The answer with the access history: all AuditEvents, then all PractitionerRoles. */
export function auditEvents(accesses: readonly SyntheticAccess[], number: string): Record<string, unknown> {
  return searchset(
    accesses.map((access, index) => auditEvent(access, number, `access-${index}`)),
    accesses.map((access, index) => practitionerRole(access, `access-${index}-role`)),
  );
}

/** A search for a child born on this day. */
export function searchFor(familyName: string, day: string): ParsedRequest<'patient.search'> {
  return { familyName, givenNames: [], born: { earliest: day, latest: day }, scope: 'current' };
}

/** As PDS has it, unrestricted. `further` replaces members. */
export function patient(
  number: string,
  further: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    resourceType: 'Patient',
    id: number,
    identifier: [{ system: nhsNumberSystem, value: number }],
    meta: { security: [{ code: 'U', display: 'unrestricted' }] },
    name: [{ use: 'usual', family: 'Example', given: ['Robin'], prefix: ['Miss'] }],
    gender: 'female',
    birthDate: '2015-08-14',
    address: [{ use: 'home', line: ['1 Secret Street'], postalCode: 'ZZ99 9ZZ' }],
    telecom: [{ system: 'phone', value: '01632960999', use: 'home' }],
    generalPractitioner: [{ identifier: { value: 'Y12345' } }],
    ...further,
  };
}

/** `code`: of the error's details. `id`: the service's reference. */
export function operationOutcome(code: string, id?: string): Record<string, unknown> {
  return {
    resourceType: 'OperationOutcome',
    ...(id === undefined ? {} : { id }),
    issue: [{ severity: 'error', code: 'value', details: { coding: [{ code }] } }],
  };
}
