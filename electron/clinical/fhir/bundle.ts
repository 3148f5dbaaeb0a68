/**
 * Reads one page of a FHIR search: a Bundle of type `searchset`. Reading never throws; every fault of the page becomes a
 * defect, so that a list of plans can refuse a page with defects (H2) and a history can show the readable rest (H15).
 * Source: HL7 FHIR R4, "Bundle" and "Search", section 3.1.1.5.
 */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { object, objects, token } from './elements.ts';
import { visitJson } from './visit-json.ts';

export interface Resource extends JsonObject {
  readonly resourceType: string;
}

export interface BundleEntry {
  /** `undefined` where the service did not say; the resource's type then decides. */
  readonly mode: 'match' | 'include' | undefined;
  readonly fullUrl: string | undefined;
  readonly resource: Resource;
}

/** A fault of one entry, which leaves the others as they are. */
type EntryDefect = 'entry-unreadable' | 'entry-mode-unknown' | 'entry-modified';

/** A fault of a page; each could hide a match. */
export type Defect =
  | EntryDefect
  | 'total-missing'
  | 'entry-list-unreadable'
  | 'error-in-answer'
  | 'meaning-modified'
  | 'part-left-out'
  | 'links-unreadable'
  | 'next-page-unreachable';

export interface Page {
  readonly total: number;
  readonly entries: readonly BundleEntry[];
  readonly next: string | undefined;
  readonly defects: readonly Defect[];
  /** The service added a warning to its answer. */
  readonly warned: boolean;
  /** Beside its entries the page has only the usual members of a searchset. An empty page must be plain (H2). */
  readonly isPlain: boolean;
  /** The whole page as received. */
  readonly body: JsonObject;
}

const bundle = v.object({ resourceType: v.literal('Bundle'), type: v.literal('searchset') });
const totalSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const links = v.object({ link: objects({ relation: token, url: token }) });
const issues = v.object({ issue: objects({ severity: token, code: token }) });

const coded = { code: token } as const;
const labels = v.object({ meta: object({ security: objects(coded), tag: objects(coded) }) });
/** Labels that mark an answer as incomplete. Source: HL7 v3 ObservationValue, SecurityAlterationIntegrityObservationValue. */
const withheldTags: ReadonlySet<string | undefined> = new Set(['MASKED', 'REDACTED', 'SUBSETTED']);

/**
 * A searchset whose other members cannot add to its entries: no `implicitRules`, no extension, no label of an omission
 * (`meta.security`, `meta.tag`), no resource outside the entries, no link but to pages of the same search.
 */
const plainSearchset = v.strictObject({
  resourceType: v.literal('Bundle'),
  id: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9.-]{1,64}$/))),
  meta: v.optional(
    v.strictObject({
      versionId: v.optional(v.string()),
      lastUpdated: v.optional(v.string()),
      source: v.optional(v.string()),
      profile: v.optional(v.array(v.string())),
    }),
  ),
  language: v.optional(v.string()),
  identifier: v.optional(v.strictObject({ system: v.optional(v.string()), value: v.optional(v.string()) })),
  type: v.literal('searchset'),
  timestamp: v.optional(v.string()),
  total: v.number(),
  link: v.optional(
    v.array(
      v.strictObject({
        id: v.optional(v.string()),
        relation: v.picklist(['self', 'first', 'last', 'previous', 'prev']),
        url: v.string(),
      }),
    ),
  ),
  entry: v.optional(v.array(v.unknown())),
});

/** Returns `undefined` if the value is not a searchset. */
export function readPage(value: unknown): Page | undefined {
  if (!isJsonObject(value) || !v.is(bundle, value)) return undefined;
  const body: JsonObject = value;
  const defects: Defect[] = [];
  const total = v.safeParse(totalSchema, body['total']);
  if (!total.success) defects.push('total-missing');
  const linkMember = body['link'];
  if (linkMember !== undefined && !Array.isArray(linkMember)) defects.push('links-unreadable');
  const next = v.parse(links, body).link.find(({ relation }) => relation === 'next');
  if (next !== undefined && next.url === undefined) defects.push('links-unreadable');
  const { entry: _, ...besideEntries } = body;
  if (modifiesMeaning(besideEntries)) defects.push('meaning-modified');
  const { security, tag } = v.parse(labels, body).meta;
  if ([...security, ...tag].some(({ code }) => withheldTags.has(code))) defects.push('part-left-out');
  const { entries, warned } = readEntries(body['entry'], defects);
  return {
    total: total.success ? total.output : 0,
    entries,
    next: next?.url,
    defects,
    warned,
    isPlain: v.is(plainSearchset, body),
    body,
  };
}

function readEntries(
  value: unknown,
  defects: Defect[],
): { readonly entries: readonly BundleEntry[]; readonly warned: boolean } {
  if (value === undefined) return { entries: [], warned: false };
  if (!Array.isArray(value)) {
    defects.push('entry-list-unreadable');
    return { entries: [], warned: false };
  }
  const entries: BundleEntry[] = [];
  let warned = false;
  const members: readonly unknown[] = value;
  for (const member of members) {
    const entry = readEntry(member);
    if (typeof entry === 'string') {
      defects.push(entry);
    } else if (entry.resource.resourceType === 'OperationOutcome') {
      const severity = worstSeverity(entry.resource);
      if (severity === 'error') defects.push('error-in-answer');
      if (severity === 'warning') warned = true;
    } else {
      entries.push(entry);
    }
  }
  return { entries, warned };
}

const entryDefects: ReadonlySet<Defect> = new Set<EntryDefect>([
  'entry-unreadable',
  'entry-mode-unknown',
  'entry-modified',
]);

/** Whether the defect leaves the other entries readable. */
export function isOfOneEntry(defect: Defect): boolean {
  return entryDefects.has(defect);
}

function readEntry(member: unknown): BundleEntry | EntryDefect {
  if (!isJsonObject(member)) return 'entry-unreadable';
  const { resource, search, fullUrl } = member;
  if (!isResource(resource)) return 'entry-unreadable';
  if (modifiesMeaning(member)) return 'entry-modified';
  if (search !== undefined && !isJsonObject(search)) return 'entry-mode-unknown';
  const mode = search?.['mode'];
  const shared = { fullUrl: typeof fullUrl === 'string' ? fullUrl : undefined, resource };
  if (mode === undefined) return { mode: undefined, ...shared };
  if (mode === 'match' || mode === 'include') return { mode, ...shared };
  // `outcome` belongs to an OperationOutcome and to nothing else.
  if (mode === 'outcome' && resource.resourceType === 'OperationOutcome')
    return { mode: undefined, ...shared };
  return 'entry-mode-unknown';
}

/**
 * Whether the value contains a rule or an extension that may reverse its meaning. A reader that does not know the rule or
 * the extension must stop. Source: HL7 FHIR R4, `Resource.implicitRules`; "Extensibility",
 * section 2.4.0.1 (modifier extensions).
 */
export function modifiesMeaning(value: unknown): boolean {
  let modified = false;
  visitJson(value, {
    object: (found) => {
      modified ||= 'implicitRules' in found || '_implicitRules' in found || 'modifierExtension' in found;
    },
  });
  return modified;
}

/** An object that names its type. */
export function isResource(value: unknown): value is Resource {
  return isJsonObject(value) && typeof value['resourceType'] === 'string' && value['resourceType'] !== '';
}

/**
 * An outcome without a severity counts as an error. Some "information" of the service is a warning here: for example that
 * it suppressed something, or could not query every source.
 * Source: HL7 FHIR R4, IssueType (`suppressed`, `incomplete`).
 */
function worstSeverity(outcome: Resource): 'error' | 'warning' | 'information' {
  const found = v.parse(issues, outcome).issue;
  const isHarmless = ({ severity, code }: (typeof found)[number]) =>
    severity === 'information' && (code === 'informational' || code === 'success');
  if (found.length > 0 && found.every(isHarmless)) return 'information';
  const isMild = found.every(({ severity }) => severity === 'information' || severity === 'warning');
  return found.length > 0 && isMild ? 'warning' : 'error';
}
