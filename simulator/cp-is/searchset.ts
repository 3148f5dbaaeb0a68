import { randomUUID } from 'node:crypto';
import type { ApiRequest } from '../api-request.ts';

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface MatchWithIncludes {
  readonly match: Resource;
  readonly includes: readonly Resource[];
}

/** The searchsets of CP-IS: `total` counts matches only, and with none there is no `entry` at all. */
export function searchset(search: {
  readonly baseUrl: string;
  readonly resource: string;
  readonly request: ApiRequest;
  readonly matches: readonly MatchWithIncludes[];
  readonly pageSize: number | null;
}): unknown {
  const { baseUrl, resource, request, matches, pageSize } = search;
  const page = Math.max(1, Number.parseInt(request.url.searchParams.get('page') ?? '1', 10) || 1);
  const size = pageSize ?? Math.max(1, matches.length);
  const onPage = matches.slice((page - 1) * size, page * size);
  // Written out as the guide prints it, not percent-encoded.
  const self = `${baseUrl}/${resource}?patient:identifier=${request.url.searchParams.get('patient:identifier') ?? ''}`;
  const entry = [
    ...onPage.map(({ match }) => entryOf(baseUrl, match, 'match')),
    ...onPage.flatMap(({ includes }) => includes.map((each) => entryOf(baseUrl, each, 'include'))),
  ];
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    type: 'searchset',
    total: matches.length,
    link: [
      { relation: 'self', url: page === 1 ? self : `${self}&page=${page}` },
      ...(page * size < matches.length ? [{ relation: 'next', url: `${self}&page=${page + 1}` }] : []),
    ],
    ...(entry.length === 0 ? {} : { entry }),
  };
}

function entryOf(baseUrl: string, resource: Resource, mode: 'match' | 'include'): unknown {
  return { fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`, resource, search: { mode } };
}
