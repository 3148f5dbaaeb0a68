import type { JsonObject } from '../../../shared/json.ts';
import type { BundleEntry, Defect, Page, Resource } from './bundle.ts';
import { decodeText } from './decode-text.ts';
import { visitJson } from './visit-json.ts';

export interface Searchset {
  readonly total: number;
  readonly entries: readonly SearchsetEntry[];
  readonly defects: readonly Defect[];
  /** The service added a warning to a page: for example that it left something out. */
  readonly warned: boolean;
  /** The pages as received. */
  readonly bodies: readonly JsonObject[];
  /** One plain page (see `Page.isPlain`) without a warning, a defect or a further page. */
  readonly isUnremarkable: boolean;
  /** An unremarkable page with total 0 and no entry: the only form of "no record" (H2). */
  readonly isEmptyResult: boolean;
}

export interface SearchsetEntry extends BundleEntry {
  readonly page: number;
}

/** The pages as one searchset, with the defects of all and the largest of their totals. */
export function joinPages(pages: readonly Page[], furtherDefects: readonly Defect[]): Searchset {
  const entries = pages.flatMap((page, index) => page.entries.map((entry) => ({ ...entry, page: index })));
  const total = pages.reduce((most, page) => Math.max(most, page.total), 0);
  const defects = [...pages.flatMap((page) => page.defects), ...furtherDefects];
  const isUnremarkable =
    defects.length === 0 &&
    pages.length === 1 &&
    pages.every((page) => page.isPlain && !page.warned && page.next === undefined);
  return {
    total,
    entries,
    defects,
    warned: pages.some((page) => page.warned),
    bodies: pages.map(({ body }) => body),
    isUnremarkable,
    isEmptyResult: isUnremarkable && total === 0 && entries.length === 0 && !namesResource(pages),
  };
}

/** By its type and id, or as the one that was searched for; a type in the path of a search names none. */
const planResource = /\b(?:CareTeam|CarePlan|Flag)(?:[\\/][A-Za-z0-9]|\/?\?(?:[^ ]{0,500}&)?_id=)/i;

/** A resource that is named outside the entries may have been left out of them (H2). */
function namesResource(pages: readonly Page[]): boolean {
  let named = false;
  visitJson(
    pages.map(({ body }) => body),
    {
      text: (text) => {
        named ||= planResource.test(decodeText(text));
      },
    },
  );
  return named;
}

/** The matches, each once, and how many of the promised total they are. */
export interface Matches {
  readonly resources: readonly Resource[];
  /**
   * A resource repeated on one page counts each time, because the service counted it each time. A resource repeated on a
   * later page does not count again: the pages have shifted, and another match may be missing between them (H2).
   */
  readonly counted: number;
}

/** Each resource once, though a page repeats it; two forms under one id are two. */
export function uniqueMatches(entries: readonly SearchsetEntry[]): Matches {
  const seen = new Map<string, { readonly page: number; readonly forms: Set<string> }>();
  const resources: Resource[] = [];
  let counted = 0;
  for (const { resource, page } of entries) {
    const id = resource['id'];
    if (typeof id !== 'string') {
      resources.push(resource);
      counted += 1;
      continue;
    }
    const key = `${resource.resourceType}/${id}`;
    const form = JSON.stringify(resource);
    const earlier = seen.get(key);
    if (earlier === undefined || earlier.page === page) counted += 1;
    // Both versions of one id are shown: no rule says which is right (H11).
    if (earlier?.forms.has(form) !== true) resources.push(resource);
    if (earlier === undefined) seen.set(key, { page, forms: new Set([form]) });
    else earlier.forms.add(form);
  }
  return { resources, counted };
}
