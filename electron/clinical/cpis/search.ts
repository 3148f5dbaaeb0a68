/** Reads a search of CP-IS: joins all of its pages, or says why they cannot be read. */
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import { readPage } from '../fhir/bundle.ts';
import { type CompleteSearchset, fetchAllPages } from '../service/pages.ts';
import { describeUnreadable, type Failure, readServiceAnswer } from '../service/service-answer.ts';
import type { ServiceResponse } from '../service/transport.ts';

export type SearchAnswer =
  | { readonly kind: 'searchset'; readonly searchset: CompleteSearchset; readonly requestId: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Requests a further page, which never notifies: the first page has already notified the local authority (H4). */
export type RequestPage = (url: URL) => Promise<ServiceResponse>;

export async function readSearch(
  first: ServiceResponse,
  url: URL,
  requestPage: RequestPage,
): Promise<SearchAnswer> {
  const answer = readServiceAnswer(first);
  if (answer.kind === 'failure') return answer;
  const { body, requestId } = answer;
  const page = readPage(body);
  if (page === undefined) {
    return { kind: 'failure', failure: describeUnreadable(makeFault('answer-not-understood', requestId)) };
  }
  const searchset = await fetchAllPages(page, url, async (next) =>
    readServiceAnswer(await requestPage(next)),
  );
  return { kind: 'searchset', searchset, requestId };
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
