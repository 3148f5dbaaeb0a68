/** Answers of CP-IS and PDS as a test wants them, for the simulator's fault "body". */

type Json = Readonly<Record<string, unknown>>;

const fhir = 'application/fhir+json';
const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/** A fault that answers 200 with this body. */
export function answering(body: Json | string): { kind: string; contentType: string; body: string } {
  return { kind: 'body', contentType: fhir, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A current child protection plan, as CP-IS has it. */
export function careTeam(nhsNumber: string): Json {
  return {
    resourceType: 'CareTeam',
    id: 'synthetic-plan',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '342191000000101' }] }],
    name: 'Synthetic Borough Council',
    subject: { identifier: { system: nhsNumberSystem, value: nhsNumber } },
    telecom: [{ system: 'phone', use: 'work', value: '02079460101' }],
    period: { start: '2020-01-01' },
  };
}

/** So many accesses, a minute apart, the newest first; `Clinician 1` looked first of all. */
export function accesses(count: number): Json {
  const first = Date.parse('2026-01-01T00:00:00Z');
  const events = Array.from({ length: count }, (_, index) => ({
    resourceType: 'AuditEvent',
    id: `synthetic-access-${count - index}`,
    recorded: new Date(first + (count - index) * 60_000).toISOString(),
    agent: [{ name: `Clinician ${count - index} Invented`, requestor: true }],
  }));
  return searchset(count, events.map(match));
}

/** An entry of a searchset. */
export function match(resource: Json): Json {
  return {
    fullUrl: `https://synthetic.invalid/${resource['resourceType']}/${resource['id']}`,
    resource,
    search: { mode: 'match' },
  };
}

/** `total` is what the service says, true or not. */
export function searchset(total: number, entry?: readonly Json[]): Json {
  return { resourceType: 'Bundle', type: 'searchset', total, ...(entry === undefined ? {} : { entry }) };
}

/** With an id, which is the support reference. */
export function operationOutcome(severity: 'error' | 'warning'): Json {
  return {
    resourceType: 'OperationOutcome',
    id: 'synthetic-outcome',
    issue: [{ severity, code: 'processing', diagnostics: 'Synthetic' }],
  };
}

/** The extensions of a value that is not given. */
const withheld: Json = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};

/** Of a plan, what is given and cannot be read: the numbers, the authority and the end. */
export const unreadablePlanDetails: Json = {
  name: {},
  telecom: [
    { use: 'work', _value: withheld },
    { use: 'mobile', value: [] },
  ],
  period: { start: '2020-01-01', _end: withheld },
};

interface Identified {
  readonly nhsNumber: string;
  /** The simulator's keeps the age the same on any day. */
  readonly birthDate: string | null;
}

/** A patient whose name, gender, death and marks are given and cannot be read. */
export function unreadablePatient({ nhsNumber, birthDate }: Identified): Json {
  return {
    resourceType: 'Patient',
    id: nhsNumber,
    identifier: [{ system: nhsNumberSystem, value: nhsNumber }],
    meta: { security: [{ _code: withheld }] },
    name: [{ use: 'usual', given: ['Sorrel'], family: 'TESTCHILD', period: { end: 'soon' } }],
    gender: {},
    birthDate,
    deceasedBoolean: 'perhaps',
  };
}

/** A restricted patient whom PDS, against its own rules, sends with everything that must not be shown. */
export function restrictedPatient(nhsNumber: string, whereabouts: Json): Json {
  return {
    resourceType: 'Patient',
    id: nhsNumber,
    identifier: [{ system: nhsNumberSystem, value: nhsNumber }],
    meta: { security: [{ code: 'R', display: 'restricted' }] },
    name: [{ use: 'usual', given: ['Juniper'], family: 'TESTCHILD' }],
    gender: 'female',
    birthDate: '2018-03-01',
    ...whereabouts,
  };
}
