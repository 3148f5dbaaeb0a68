/**
 * One page of a FHIR search: a Bundle of type `searchset`. Reading it never throws; whatever is wrong with it is kept
 * as a defect, so that a list of plans can refuse a page with any (H2) and a history can show what is left of it (H15).
 * Source: HL7 FHIR R4, "Bundle" and "Search", section 3.1.1.5.
 */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { objects, token } from './elements.ts';

export interface Resource extends JsonObject {
  readonly resourceType: string;
}

export interface BundleEntry {
  /** `undefined` where the service did not say; the resource's type then decides. */
  readonly mode: 'match' | 'include' | undefined;
  readonly fullUrl: string | undefined;
  readonly resource: Resource;
}

/** What is wrong with a page; each of them could hide a match. */
export type Defect =
  | 'total-missing'
  | 'entry-list-unreadable'
  | 'entry-unreadable'
  | 'entry-mode-unknown'
  | 'error-in-answer'
  | 'links-unreadable'
  | 'next-page-unreachable';

export interface Page {
  readonly total: number;
  readonly entries: readonly BundleEntry[];
  readonly next: string | undefined;
  readonly defects: readonly Defect[];
  /** The service added a warning to its answer. */
  readonly warned: boolean;
  /** Every member is one that a FHIR Bundle may have: asked of a page that says that there is nothing (H2). */
  readonly onlyKnownMembers: boolean;
}

const bundle = v.object({ resourceType: v.literal('Bundle'), type: v.literal('searchset') });
const totalSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const links = v.object({ link: objects({ relation: token, url: token }) });
const issues = v.object({ issue: objects({ severity: token }) });

const memberTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  resourceType: (value) => typeof value === 'string',
  id: (value) => typeof value === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(value),
  meta: isJsonObject,
  implicitRules: (value) => typeof value === 'string',
  language: (value) => typeof value === 'string',
  identifier: isJsonObject,
  type: (value) => typeof value === 'string',
  timestamp: (value) => typeof value === 'string',
  total: (value) => typeof value === 'number',
  link: Array.isArray,
  entry: Array.isArray,
  signature: isJsonObject,
};

/** `undefined` if the value is no searchset at all. */
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
  const { entries, warned } = readEntries(body['entry'], defects);
  return {
    total: total.success ? total.output : 0,
    entries,
    next: next?.url,
    defects,
    warned,
    onlyKnownMembers: Object.entries(body).every(([name, member]) => memberTypes[name]?.(member) === true),
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

function readEntry(member: unknown): BundleEntry | Defect {
  if (!isJsonObject(member)) return 'entry-unreadable';
  const { resource, search, fullUrl } = member;
  if (!isResource(resource)) return 'entry-unreadable';
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

export function isResource(value: unknown): value is Resource {
  return isJsonObject(value) && typeof value['resourceType'] === 'string' && value['resourceType'] !== '';
}

/** An outcome that does not say how bad it is, is bad. */
function worstSeverity(outcome: Resource): 'error' | 'warning' | 'information' {
  const severities = v.parse(issues, outcome).issue.map(({ severity }) => severity);
  if (severities.length > 0 && severities.every((severity) => severity === 'information'))
    return 'information';
  const isMild = severities.every((severity) => severity === 'information' || severity === 'warning');
  return severities.length > 0 && isMild ? 'warning' : 'error';
}
