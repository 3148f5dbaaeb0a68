/**
 * The wire format of the Patient Flags API: a Flag of the CP-IS category, its CarePlan (the plan) and its CareTeam (the
 * local authority).
 * Source: NHS England Patient Flag implementation guide, v0.3.0. Scheduled care only so far, and no access history.
 */
import * as v from 'valibot';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import type { Resource } from '../fhir/bundle.ts';
import {
  type ContactPoint,
  concept,
  contactPoints,
  isGiven,
  listOf,
  object,
  objects,
  period,
  type Reference,
  readText,
  readToken,
  reference,
  token,
  unreadable,
} from '../fhir/elements.ts';
import { indexReferences, type References } from '../fhir/references.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import { type Searchset, uniqueMatches } from '../fhir/searchset.ts';
import { compareSubject } from '../fhir/subject.ts';
import { visitJson } from '../fhir/visit-json.ts';
import { serviceUrl } from '../service/service-url.ts';
import type { Today } from '../today.ts';
import { describePlans, type PlanFacts } from './plan.ts';
import type { PlansReading, WireFormat } from './wire-format.ts';

/** Scheduled care only, and no access history. */
export function createPatientFlagsFormat({ baseUrl }: { readonly baseUrl: string }): WireFormat {
  return {
    careSettings: ['scheduled'],
    plansUrl: (nhsNumber) =>
      serviceUrl(baseUrl, 'PatientFlag', [
        ['patient', nhsNumber],
        ['code', cpisCategory],
      ]),
    readPlans: readPatientFlags,
    historyUrl: undefined,
  };
}

const cpisCategory = 'child-protection-information-system-flag';

/** The other codes of England-FlagCategoryPatient, in its present and its first form. Never shown as CP-IS. */
const otherCategory =
  /^(?:(?:national-)?reasonable-adjustment-flag|female-genital-mutilation-flag|NRAF|FGM)$/;

const flagDetail = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

const flagSchema = v.object({
  code: object(concept),
  category: objects(concept),
  period,
  extension: objects({ url: token, valueReference: object(reference) }),
});

const carePlanSchema = v.object({
  category: objects(concept),
  period,
  careTeam: objects(reference),
});

const careTeamSchema = v.object({ telecom: contactPoints });

type Flag = v.InferOutput<typeof flagSchema> & {
  readonly status: string | undefined;
  readonly resource: Resource;
};

const matchTypes: ReadonlySet<string> = new Set(['Flag', 'CarePlan', 'CareTeam']);

/** See `WireFormat.readPlans`. */
export function readPatientFlags(searchset: Searchset, nhsNumber: NhsNumber, today: Today): PlansReading {
  if (searchset.isEmptyResult) return { kind: 'no-record' };
  if (searchset.defects.length > 0 || !isComplete(searchset)) return { kind: 'unreadable' }; // H2
  const references = indexReferences(searchset.entries);
  const flags = ofType(searchset, 'Flag').map(readFlag);
  const carePlans = ofType(searchset, 'CarePlan');
  const compare = (resource: Resource) => compareSubject(resource, nhsNumber, references);
  const subjects = new Set(flags.map(({ resource }) => compare(resource)));
  if (subjects.has('other') || carePlans.some((plan) => compare(plan) === 'other')) {
    return { kind: 'wrong-patient' }; // H3
  }
  const flagged = new Set(flags.map(({ resource }) => subjectReference(resource)));
  const isOwn = (plan: Resource) => {
    const named = subjectReference(plan);
    return compare(plan) === 'same' || (named !== undefined && flagged.has(named));
  };
  if (subjects.has('unknown') || !carePlans.every(isOwn)) return { kind: 'unreadable' }; // H3
  const cpisFlags = flags.filter(isCpis);
  if (cpisFlags.length === 0) {
    return hasOnlyOtherFlags(searchset, flags) ? { kind: 'no-record' } : { kind: 'unreadable' };
  }
  const facts = readFacts(cpisFlags, references, isEachTeamReached(searchset, carePlans, references));
  const isEachPlanReached = facts !== undefined && carePlans.every((plan) => facts.has(plan));
  if (!isEachPlanReached) return { kind: 'record-mentioned' };
  const plans = describePlans([...facts.values()].flat(), today);
  if (plans === undefined) return { kind: 'unreadable' };
  // H11: a flag that may be of CP-IS hides no plan that was reached; it is said that there may be others.
  const mayBeMore = flags.some((flag) => !isCpis(flag) && !isOtherCategory(flag));
  return { kind: 'plans', plans, mayBeMore };
}

const withSubject = v.object({ subject: object(reference) });

/** What a plan may share with its flag, whose subject is known. */
function subjectReference(resource: Resource): string | undefined {
  return v.parse(withSubject, resource).subject.reference;
}

/**
 * H2: a complete answer that holds only flags of other known categories holds no CP-IS record. An answer with a plan, a
 * local authority, a warning or an unknown category is not understood.
 */
function hasOnlyOtherFlags(searchset: Searchset, flags: readonly Flag[]): boolean {
  return (
    searchset.isUnremarkable &&
    flags.length > 0 &&
    flags.length === searchset.total &&
    flags.length === searchset.entries.length &&
    flags.every(isOtherCategory)
  );
}

/** The code in another writing, and words. */
const childProtection = /child[\s_-]*protection|looked[\s_-]*after[\s_-]*child|\bCP-?IS\b/i;

function saysChildProtection({ resource }: Flag): boolean {
  let isSaid = false;
  visitJson(resource, {
    text: (text) => {
      isSaid ||= childProtection.test(text);
    },
  });
  return isSaid;
}

/**
 * Whether the flag's code and its categories can be read throughout: what cannot may be the code of CP-IS. FHIR allows a
 * code of words alone; a category of words alone says nothing for certain.
 */
function isReadThroughout({ resource }: Flag): boolean {
  const { code, category } = resource;
  const isCodeRead = isJsonObject(code) && (hasText(code, 'text') || listOf(code['coding']).length > 0);
  return isCodeRead && areCodingsRead(code) && listOf(category).every(isCategoryRead);
}

function isCategoryRead(category: unknown): boolean {
  if (!isJsonObject(category) || !areCodingsRead(category)) return false;
  return listOf(category['coding']).some((coding) => isJsonObject(coding) && hasText(coding, 'code'));
}

/** Each coding has its code; or none was given, and it has words. */
function areCodingsRead(given: JsonObject): boolean {
  return listOf(given['coding']).every(
    (coding) =>
      isJsonObject(coding) &&
      (hasText(coding, 'code') || (!isGiven(coding, 'code') && hasText(coding, 'display'))),
  );
}

function hasText(element: JsonObject, name: string): boolean {
  const given = element[name];
  return typeof given === 'string' && given.trim() !== '';
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
  return { ...v.parse(flagSchema, resource), status: readToken(resource, 'status'), resource };
}

function categoriesOf({ code, category }: Flag): readonly string[] {
  return [code, ...category].flatMap(({ coding }) => coding.flatMap((one) => one.code ?? []));
}

function isCpis(flag: Flag): boolean {
  return categoriesOf(flag).includes(cpisCategory);
}

/** Whether every code of the flag belongs to another known category: with an unknown code the flag could mean anything. */
function isOtherCategory(flag: Flag): boolean {
  if (!isReadThroughout(flag) || saysChildProtection(flag)) return false; // H2
  const own = flag.code.coding.flatMap(({ code }) => code ?? []);
  const isOther = (codes: readonly string[]) =>
    codes.length > 0 && codes.every((code) => otherCategory.test(code));
  // The flags inside the reasonable adjustments programme carry it as their category, and a code of its own.
  return isOther(own) || isOther(categoriesOf(flag).filter((code) => !own.includes(code)));
}

/** What each detail reference of a flag leads to; an empty list where it leads nowhere. */
function detailsOf({ extension, resource }: Flag, references: References): readonly (readonly Resource[])[] {
  return extension
    .filter(({ url }) => url === flagDetail)
    .map(({ valueReference }) => references.resolve(valueReference.reference, resource));
}

/** The facts of each plan; `undefined` if a flag leads to none, or one of its details is missing (H2). */
function readFacts(
  flags: readonly Flag[],
  references: References,
  isEachTeamReached: boolean,
): ReadonlyMap<Resource, readonly PlanFacts[]> | undefined {
  const facts = new Map<Resource, readonly PlanFacts[]>();
  const activeFirst = flags.toSorted((a, b) => Number(isInactive(a)) - Number(isInactive(b)));
  for (const flag of activeFirst) {
    const details = detailsOf(flag, references);
    const plans = details.flat().filter(({ resourceType }) => resourceType === 'CarePlan');
    if (plans.length === 0 || details.some((targets) => targets.length === 0)) return undefined;
    for (const plan of plans) {
      if (!facts.has(plan)) facts.set(plan, readCarePlan(plan, flag, references, isEachTeamReached));
    }
  }
  return facts;
}

/** Whether each local authority of the answer belongs to a plan: one that does not may be that of a plan without any. */
function isEachTeamReached(
  searchset: Searchset,
  carePlans: readonly Resource[],
  references: References,
): boolean {
  const reached = new Set(
    carePlans.flatMap((plan) => teamsOf(plan, references).flatMap(({ teams }) => teams)),
  );
  return ofType(searchset, 'CareTeam').every((team) => reached.has(team));
}

interface NamedTeam {
  readonly team: Reference;
  /** As it came. */
  readonly given: unknown;
  /** Where it leads. */
  readonly teams: readonly Resource[];
}

function teamsOf(plan: Resource, references: References): readonly NamedTeam[] {
  const given = listOf(plan['careTeam']);
  return v.parse(carePlanSchema, plan).careTeam.map((team, index) => ({
    team,
    given: given[index],
    teams: references.resolve(team.reference, plan).filter(({ resourceType }) => resourceType === 'CareTeam'),
  }));
}

function isInactive({ status }: Flag): boolean {
  return status !== undefined && status !== 'active';
}

/**
 * A plan with several local authorities has a card for each, so that each has its own phone numbers. Where one that no plan
 * leads to may be that of this plan, its numbers are not missing (H7).
 */
function readCarePlan(
  resource: Resource,
  flag: Flag,
  references: References,
  isEachTeamReached: boolean,
): readonly PlanFacts[] {
  const { category, period: dates } = v.parse(carePlanSchema, resource);
  const [status, intent] = [readToken(resource, 'status'), readToken(resource, 'intent')];
  const plan = {
    categories: category,
    period: dates.start === undefined && dates.end === undefined ? flag.period : dates,
    withdrawn: [status, flag.status, intent === 'plan' || intent === 'order' ? undefined : intent].find(
      (mark) => mark !== undefined && mark !== 'active',
    ),
  };
  const named = teamsOf(resource, references);
  if (named.length === 0) {
    return [
      isEachTeamReached
        ? { ...plan, localAuthority: undefined, telecoms: [] }
        : { ...plan, localAuthority: unreadable, telecoms: numbersNotReached },
    ];
  }
  return named.flatMap(({ team, given, teams }) => {
    if (teams.length === 0) {
      const isNamedAlone = team.display !== undefined && isJsonObject(given) && !isGiven(given, 'reference');
      return [
        {
          ...plan,
          localAuthority: team.display ?? unreadable,
          telecoms: isNamedAlone && isEachTeamReached ? [] : numbersNotReached,
        },
      ];
    }
    return teams.map((found) => ({
      ...plan,
      localAuthority: localAuthorityOf(found, team),
      telecoms: v.parse(careTeamSchema, found).telecom,
    }));
  });
}

function localAuthorityOf(found: Resource, { display }: Reference): string | undefined {
  const name = readText(found, 'name');
  return sanitiseText(found['name']) === undefined ? (display ?? name) : name;
}

/** H7: of a local authority that the plan refers to, and that is not in the answer: its numbers are not missing. */
const numbersNotReached: readonly ContactPoint[] = ['work', 'mobile'].map((use) => ({
  system: undefined,
  use,
  value: undefined,
  absence: unreadable,
  period: { start: undefined, end: undefined },
}));
