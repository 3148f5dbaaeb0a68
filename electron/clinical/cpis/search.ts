/** Reads a search of CP-IS: joins all of its pages, or says why they cannot be read. */
import { type Fault, type FaultDetail, lookupDetails, makeFault } from '../../../shared/fault.ts';
import { readPage } from '../fhir/bundle.ts';
import { type CompleteSearchset, fetchAllPages } from '../service/pages.ts';
import {
  describeUnreadable,
  type Failure,
  readServiceAnswer,
  type ServiceAnswer,
} from '../service/service-answer.ts';
import type { ServiceResponse } from '../service/transport.ts';

export type SearchAnswer =
  | { readonly kind: 'searchset'; readonly searchset: CompleteSearchset; readonly requestId: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Requests a further page, which never notifies: the first page has already notified the local authority (H4). */
export type RequestPage = (url: URL) => Promise<ServiceResponse>;

/** What is larger would hold up the user's input: its entries are not read, and it is said to be too large. */
export interface SizeLimit {
  /** Of all pages together. */
  readonly mostBytes: number;
  readonly exceeded: FaultDetail;
}

/** `url`: the one that returned `first`. */
export async function readSearch(
  first: ServiceResponse,
  url: URL,
  requestPage: RequestPage,
  { mostBytes, exceeded }: SizeLimit,
): Promise<SearchAnswer> {
  let bytes = 0;
  const read = (response: ServiceResponse): ServiceAnswer => {
    const { answer, requestId } = response;
    bytes += answer.kind === 'answered' ? answer.body.byteLength : 0;
    return bytes > mostBytes ? unreadable(requestId, exceeded) : readServiceAnswer(response);
  };
  const answer = read(first);
  if (answer.kind === 'failure') return answer;
  const { body, requestId } = answer;
  const page = readPage(body);
  if (page === undefined) return unreadable(requestId);
  const searchset = await fetchAllPages(page, url, async (next) => read(await requestPage(next)));
  return { kind: 'searchset', searchset, requestId };
}

function unreadable(requestId: string, detail?: FaultDetail) {
  const fault = makeFault('answer-not-understood', requestId, detail);
  return { kind: 'failure', failure: describeUnreadable(fault) } as const;
}

/**
 * Rewords two failures for CP-IS: PDS has traced this NHS number, so the user did not mistype it. "Not found" here means
 * an unknown patient, not "no record" (H2).
 */
export function inCpisWords({ reason, fault }: Failure): Fault {
  switch (reason) {
    case 'not-found':
      return makeFault('patient-not-found', fault.reference, lookupDetails.notFoundByCpis);
    case 'search-refused':
      return makeFault('nhs-number-invalid', fault.reference, lookupDetails.numberRefusedByCpis);
    case 'denied':
    case 'too-many-matches':
    case 'other':
      return fault;
  }
}
