/**
 * The Patient Flags API: a Flag of the CP-IS category, its CarePlan (the plan) and CareTeam (the local authority).
 * Source: NHS England Patient Flag implementation guide, v0.3.0. Scheduled care only so far, and no access history.
 */
import * as v from 'valibot';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Resource } from '../fhir/bundle.ts';
import { concept, contactPoint, object, objects, period, reference, text, token } from '../fhir/elements.ts';
import { indexReferences, type References } from '../fhir/references.ts';
import { type Searchset, uniqueMatches } from '../fhir/searchset.ts';
import { compareSubject } from '../fhir/subject.ts';
import { serviceUrl } from '../service/service-url.ts';
import { describePlans, type PlanFacts } from './plan.ts';
import type { Day } from './plan-status.ts';
import type { PlansReading, WireFormat } from './wire-format.ts';

export function createPatientFlagsFormat({ baseUrl }: { readonly baseUrl: string }): WireFormat {
  return {
    careSettings: ['scheduled'],
    plansUrl: (nhsNumber) =>
      serviceUrl(baseUrl, 'PatientFlag', [
        ['patient', nhsNumber],
        ['code', cpisCategory],
      ]),
    readPlans: readPatientFlags,
    history: undefined,
  };
}

const cpisCategory = 'child-protection-information-system-flag';

/** Code system England-FlagCategoryPatient, in its present and its first form. Never shown as CP-IS. */
const otherCategories: ReadonlySet<string> = new Set([
  'national-reasonable-adjustment-flag',
  'female-genital-mutilation-flag',
  'NRAF',
  'FGM',
]);

const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

const flagSchema = v.object({
  status: token,
  code: object(concept),
  category: objects(concept),
  period: object(period),
  extension: objects({ url: token, valueReference: object(reference) }),
});

const carePlanSchema = v.object({
  status: token,
  category: objects(concept),
  period: object(period),
  careTeam: objects(reference),
});

const careTeamSchema = v.object({ name: text, telecom: objects(contactPoint) });

type Flag = v.InferOutput<typeof flagSchema> & { readonly resource: Resource };

export const flagWithoutDetails =
  'The service says that there is a child protection flag, but its details could not be read.';
export const otherFlagsOnly = 'The service answered with flags of another kind only.';

const matchTypes: ReadonlySet<string> = new Set(['Flag', 'CarePlan', 'CareTeam']);

export function readPatientFlags(searchset: Searchset, nhsNumber: NhsNumber, today: Day): PlansReading {
  if (searchset.saysNothingIsThere) return { kind: 'no-record' };
  // H2: from here on the answer is plans or it is not understood; "no record" can no longer be reached.
  if (searchset.defects.length > 0 || !isComplete(searchset)) return { kind: 'unreadable' };
  const references = indexReferences(searchset.entries);
  const flags = ofType(searchset, 'Flag').map(readFlag);
  const subjects = new Set(
    [...flags.map(({ resource }) => resource), ...ofType(searchset, 'CarePlan')].map((resource) =>
      compareSubject(resource, nhsNumber, references),
    ),
  );
  if (subjects.has('other')) return { kind: 'wrong-patient' }; // H3
  const cpisFlags = flags.filter((flag) => categoriesOf(flag).includes(cpisCategory));
  const isEachKnown = flags.every((flag) => cpisFlags.includes(flag) || isOtherCategory(flag));
  if (!isEachKnown) return { kind: 'unreadable' };
  if (cpisFlags.length === 0) return { kind: 'unreadable', happened: otherFlagsOnly };
  const isOurs = cpisFlags.every(
    ({ resource }) => compareSubject(resource, nhsNumber, references) === 'same',
  );
  if (!isOurs) return { kind: 'unreadable' }; // H3
  const facts = readFacts(cpisFlags, references);
  if (facts === undefined) return { kind: 'unreadable', happened: flagWithoutDetails };
  const reached = new Set(flags.flatMap((flag) => detailsOf(flag, references).flat()));
  const isEachPlanReached = ofType(searchset, 'CarePlan').every((plan) => reached.has(plan));
  if (!isEachPlanReached) return { kind: 'unreadable', happened: flagWithoutDetails };
  const plans = describePlans(facts, today);
  return plans === undefined ? { kind: 'unreadable' } : { kind: 'plans', plans };
}

function isComplete({ entries, total }: Searchset): boolean {
  const matches = entries.filter(
    ({ mode, resource }) => mode === 'match' || (mode === undefined && resource.resourceType === 'Flag'),
  );
  const isAsExpected = matches.every(({ resource }) => matchTypes.has(resource.resourceType));
  return isAsExpected && total <= uniqueMatches(matches).counted;
}

function ofType({ entries }: Searchset, resourceType: string): readonly Resource[] {
  return uniqueMatches(entries.filter(({ resource }) => resource.resourceType === resourceType)).resources;
}

function readFlag(resource: Resource): Flag {
  return { ...v.parse(flagSchema, resource), resource };
}

function categoriesOf({ code, category }: Flag): readonly string[] {
  return [code, ...category].flatMap(({ coding }) => coding.flatMap((one) => one.code ?? []));
}

function isOtherCategory(flag: Flag): boolean {
  return categoriesOf(flag).some((code) => otherCategories.has(code));
}

/** What each detail reference of a flag leads to; an empty list where it leads nowhere. */
function detailsOf({ extension, resource }: Flag, references: References): readonly (readonly Resource[])[] {
  return extension
    .filter(({ url }) => url === flagDetail)
    .map(({ valueReference }) => references.resolve(valueReference.reference, resource));
}

/** `undefined` if a flag leads to no plan, or one of its details is missing: a plan may hide there (H2). */
function readFacts(flags: readonly Flag[], references: References): readonly PlanFacts[] | undefined {
  const facts = new Map<Resource, readonly PlanFacts[]>();
  const activeFirst = flags.toSorted((a, b) => Number(isInactive(a)) - Number(isInactive(b)));
  for (const flag of activeFirst) {
    const details = detailsOf(flag, references);
    const plans = details.flat().filter(({ resourceType }) => resourceType === 'CarePlan');
    if (plans.length === 0 || details.some((targets) => targets.length === 0)) return undefined;
    for (const plan of plans) {
      if (!facts.has(plan)) facts.set(plan, readCarePlan(plan, flag, references));
    }
  }
  return [...facts.values()].flat();
}

function isInactive({ status }: Flag): boolean {
  return status !== undefined && status !== 'active';
}

/** A plan with several local authorities has a card for each, so that each has its own telephone numbers (H7). */
function readCarePlan(resource: Resource, flag: Flag, references: References): readonly PlanFacts[] {
  const { status, category, period: dates, careTeam } = v.parse(carePlanSchema, resource);
  const plan = {
    categories: category,
    period: dates.start === undefined && dates.end === undefined ? flag.period : dates,
    withdrawn:
      status !== undefined && status !== 'active' ? status : isInactive(flag) ? flag.status : undefined,
  };
  if (careTeam.length === 0) return [{ ...plan, localAuthority: undefined, telecoms: [] }];
  return careTeam.flatMap((team) => {
    const teams = references
      .resolve(team.reference, resource)
      .filter(({ resourceType }) => resourceType === 'CareTeam')
      .map((found) => v.parse(careTeamSchema, found));
    if (teams.length === 0) return [{ ...plan, localAuthority: team.display, telecoms: [] }];
    return teams.map(({ name, telecom }) => ({
      ...plan,
      localAuthority: name ?? team.display,
      telecoms: telecom,
    }));
  });
}
