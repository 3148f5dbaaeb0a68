import * as v from 'valibot';
import { formatUkDateTime, parseFhirDate, parseFhirInstant } from '../../../shared/clinical/clinical-date.ts';
import type { AccessView, HistoryView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { isJsonObject } from '../../../shared/json.ts';
import type { Resource } from '../fhir/bundle.ts';
import {
  type Concept,
  concept,
  describeConcept,
  isGiven,
  listOf,
  object,
  objects,
  readToken,
  reference,
  text,
  texts,
  unreadable,
} from '../fhir/elements.ts';
import { namesAnotherPatient } from '../fhir/named-patients.ts';
import { indexReferences, type References } from '../fhir/references.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import { type Searchset, uniqueMatches } from '../fhir/searchset.ts';
import { comparePatientReference } from '../fhir/subject.ts';
import { describeDate, notRecorded } from './describe-date.ts';
import type { EndSlice } from './slices.ts';

export const historyIncomplete =
  'Part of the access history could not be read. What is shown here is not all of it.';

const auditEventSchema = v.object({
  agent: objects({
    type: object(concept),
    role: objects(concept),
    who: object(reference),
    name: text,
    requestor: v.optional(
      v.pipe(
        v.unknown(),
        v.transform((value) => value === true || value === 'true'),
      ),
      false,
    ),
  }),
});

const practitionerRoleSchema = v.object({
  practitioner: object(reference),
  organization: object(reference),
  code: objects(concept),
});

/** The names of other resources: a Practitioner or an Organization has `name`, a Device a list `deviceName`. */
const namedSchema = v.object({
  name: v.optional(v.unknown()),
  deviceName: objects({ name: text }),
  owner: object(reference),
});
const humanNames = v.object({ name: objects({ text, family: text, given: texts, prefix: texts }) });

type AuditEvent = v.InferOutput<typeof auditEventSchema>;
type Agent = AuditEvent['agent'][number];

interface ReadAccess {
  readonly access: AccessView;
  readonly isWhole: boolean;
}

export type HistoryReading =
  | { readonly kind: 'read'; readonly history: HistoryView }
  | { readonly kind: 'wrong-patient' };

/**
 * Reads the access history: AuditEvent resources, each with the PractitionerRole of the person who looked. The history is
 * shown and decides nothing, so the reader tolerates gaps; the view says when a part could not be read (H15).
 * Source: CP-IS API consumer guide, "Access history". `agent.requestor` comes as text, `type` without a code.
 */
export async function readHistory(
  searchset: Searchset,
  nhsNumber: NhsNumber,
  endSlice: EndSlice,
): Promise<HistoryReading> {
  if (namesAnotherPatient(searchset.bodies, nhsNumber)) return { kind: 'wrong-patient' }; // H3
  await endSlice();
  const references = indexReferences(searchset.entries);
  const events = searchset.entries.filter(({ resource }) => resource.resourceType === 'AuditEvent');
  const unexpectedMatches = searchset.entries.some(
    ({ mode, resource }) => mode === 'match' && resource.resourceType !== 'AuditEvent',
  );
  const isEmptyButForIncludes = events.length === 0 && searchset.entries.length > 0;
  const { resources, counted } = uniqueMatches(events);
  const accesses: ReadAccess[] = [];
  for (const resource of resources) {
    await endSlice();
    const event = v.parse(auditEventSchema, resource);
    if (isAboutAnother(event, resource, nhsNumber, references)) return { kind: 'wrong-patient' }; // H3
    accesses.push(readAccess(event, resource, references));
  }
  const isWhole =
    searchset.defects.length === 0 &&
    !searchset.warned &&
    !unexpectedMatches &&
    !isEmptyButForIncludes &&
    searchset.total <= counted &&
    accesses.every((access) => access.isWhole);
  return {
    kind: 'read',
    history: {
      accesses: accesses.map(({ access }) => access).toSorted(newestFirst),
      incomplete: isWhole ? undefined : historyIncomplete, // H15
    },
  };
}

function newestFirst(a: AccessView, b: AccessView): number {
  if (a.atSortKey === b.atSortKey) return 0;
  return a.atSortKey > b.atSortKey ? -1 : 1;
}

function hasType(agent: Agent, code: string): boolean {
  return agent.type.coding.some((coding) => coding.code === code);
}

/** The patient agent may be missing; one that names another patient may not be there. */
function isAboutAnother(
  { agent }: AuditEvent,
  event: Resource,
  nhsNumber: NhsNumber,
  references: References,
): boolean {
  return listOf(event['agent']).some((given, index) => {
    const one = agent[index];
    if (one === undefined || !hasType(one, 'PAT') || !isJsonObject(given)) return false;
    return comparePatientReference(given['who'], event, nhsNumber, references) === 'other';
  });
}

function readAccess({ agent }: AuditEvent, event: Resource, references: References): ReadAccess {
  const recorded = readToken(event, 'recorded');
  const instant = recorded === undefined ? undefined : parseFhirInstant(recorded);
  const sortKey = instant?.toISOString() ?? sortKeyOfDate(recorded);
  const author =
    agent.find((one) => hasType(one, 'ASSIGNED')) ??
    agent.find((one) => one.requestor && !hasType(one, 'PAT')) ??
    agent.find((one) => !hasType(one, 'PAT'));
  const given = listOf(event['agent'])[author === undefined ? -1 : agent.indexOf(author)];
  const described = author === undefined ? {} : describeAuthor(author, given, event, references);
  const { name = notRecorded, role = notRecorded, organisation = notRecorded } = described;
  return {
    access: {
      at: instant === undefined ? describeDate(recorded, notRecorded) : formatUkDateTime(instant),
      atSortKey: sortKey,
      name,
      role,
      organisation,
    },
    // H15: an access whose time cannot be read has no place in the order.
    isWhole:
      (recorded === undefined || sortKey !== '') &&
      ![recorded, name, role, organisation].includes(unreadable),
  };
}

function sortKeyOfDate(recorded: string | undefined): string {
  return recorded !== undefined && parseFhirDate(recorded) !== undefined ? recorded : '';
}

/** `unreadable`: given, but not as a text, or in a resource that the answer does not contain, or has twice. */
interface Author {
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly organisation?: string | undefined;
}

/**
 * An author can be a person or a device (111 and similar): texts are shown as they come. Where the answer has two authors under
 * one id, neither is named. `given`: the agent as it came.
 */
function describeAuthor(agent: Agent, given: unknown, event: Resource, references: References): Author {
  const isAgent = isJsonObject(given) && agentMembers.some((name) => isGiven(given, name));
  if (!isAgent) return { name: unreadable, role: unreadable, organisation: unreadable };
  const { who, name, role } = agent;
  const own: Author = {
    name: who.display ?? name ?? unreadableIf(displayOf(given['who']), given['name'], given['_name']),
    role: joinConcepts(role) ?? unreadableIf(given['role']),
  };
  const targets = references.resolve(who.reference, event);
  const authors = targets.map((target) => describeTarget(own, target, references));
  const [author, another] = new Map(authors.map((one) => [JSON.stringify(one), one])).values();
  if (author !== undefined && another === undefined) return author;
  const isDangling = who.reference !== undefined || isReferenceUnreadable(given['who']);
  return isDangling
    ? { name: own.name ?? unreadable, role: own.role ?? unreadable, organisation: unreadable }
    : own;
}

const agentMembers = ['type', 'role', 'who', 'altId', 'name', 'requestor'] as const;

function describeTarget(own: Author, target: Resource, references: References): Author {
  switch (target.resourceType) {
    case 'PractitionerRole': {
      const { practitioner, organization, code } = v.parse(practitionerRoleSchema, target);
      return {
        name: firstReadable(
          describeReference(practitioner, target['practitioner'], target, references),
          own.name,
        ),
        role: firstReadable(joinConcepts(code) ?? unreadableIf(target['code']), own.role),
        organisation: describeReference(organization, target['organization'], target, references),
      };
    }
    default: {
      const { owner } = v.parse(namedSchema, target);
      return {
        name: firstReadable(nameOf(target) ?? unreadableIf(namesOf(target)), own.name),
        role: own.role,
        organisation: describeReference(owner, target['owner'], target, references),
      };
    }
  }
}

function firstReadable(...texts: readonly (string | undefined)[]): string | undefined {
  return (
    texts.find((one) => one !== undefined && one !== unreadable) ?? texts.find((one) => one !== undefined)
  );
}

/** Where nothing was read of what is given. */
function unreadableIf(...given: readonly unknown[]): string | undefined {
  return given.some(saysSomething) ? unreadable : undefined;
}

/** Members that name nothing by themselves. */
const unsaid: ReadonlySet<string> = new Set([
  'id',
  'identifier',
  'type',
  'system',
  'version',
  'userSelected',
  'url',
  'use',
  'period',
]);

function saysSomething(given: unknown): boolean {
  if (given === undefined) return false;
  if (typeof given === 'string') return given.trim() !== '';
  if (Array.isArray(given)) return given.some(saysSomething);
  if (!isJsonObject(given)) return true;
  const names = Object.keys(given);
  return names.length === 0 || names.some((name) => !unsaid.has(name) && saysSomething(given[name]));
}

function displayOf(reference: unknown): readonly unknown[] {
  return isJsonObject(reference) ? [reference['display'], reference['_display']] : [reference];
}

/** Whether it leads somewhere, or says something but a text to show. */
function isReferenceUnreadable(reference: unknown): boolean {
  if (!isJsonObject(reference)) return saysSomething(reference);
  const { display: _, _display: __, ...further } = reference;
  return Object.keys(further).length > 0 && saysSomething(further);
}

type Reference = Agent['who'];

/** `given`: the reference as it came. */
function describeReference(
  to: Reference,
  given: unknown,
  container: Resource,
  references: References,
): string | undefined {
  if (to.display !== undefined) return to.display;
  const targets = references.resolve(to.reference, container);
  const [name, another] = new Set(targets.map(nameOf));
  if (another !== undefined) return unreadable;
  const isDangling = targets.length === 0 && isReferenceUnreadable(given);
  return name ?? (isDangling ? unreadable : unreadableIf(displayOf(given), targets.map(namesOf)));
}

function namesOf(resource: Resource): readonly unknown[] {
  return [resource['name'], resource['_name'], resource['deviceName']];
}

function nameOf(resource: Resource): string | undefined {
  const { name, deviceName } = v.parse(namedSchema, resource);
  if (typeof name === 'string') return v.parse(text, name);
  const [human] = v.parse(humanNames, resource).name;
  const spelt =
    human === undefined ? undefined : [...human.prefix, ...human.given, human.family].join(' ').trim();
  return human?.text ?? (spelt === undefined || spelt === '' ? deviceName[0]?.name : spelt);
}

/** A code without words is shown as a code. */
function joinConcepts(concepts: readonly Concept[]): string | undefined {
  const described = concepts.flatMap((one) => describeConcept(one) ?? describeCode(one) ?? []);
  return described.length === 0 ? undefined : described.join('; ');
}

function describeCode({ coding }: Concept): string | undefined {
  const code = sanitiseText(coding.find(({ code }) => code !== undefined)?.code);
  return code === undefined ? undefined : `Code ${code}`;
}
