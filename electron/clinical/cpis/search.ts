/** Reads a search of CP-IS from its first answer on: all of its pages put together, or why there is nothing to read. */
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import { readPage } from '../fhir/bundle.ts';
import { type CompleteSearchset, fetchAllPages } from '../service/pages.ts';
import { describeUnreadable, type Failure, readServiceAnswer } from '../service/service-answer.ts';
import type { ServiceResponse } from '../service/transport.ts';

export type SearchAnswer =
  | { readonly kind: 'searchset'; readonly searchset: CompleteSearchset; readonly requestId: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Sends a silent read: the first page has told whom there is to tell (H4). */
export type AskForPage = (url: URL) => Promise<ServiceResponse>;

export async function readSearch(
  first: ServiceResponse,
  url: URL,
  askForPage: AskForPage,
): Promise<SearchAnswer> {
  const answer = readServiceAnswer(first);
  if (answer.kind === 'failure') return answer;
  const { body, requestId } = answer;
  const page = readPage(body);
  if (page === undefined) {
    return { kind: 'failure', failure: describeUnreadable(makeFault('answer-not-understood', requestId)) };
  }
  const searchset = await fetchAllPages(page, url, async (next) => readServiceAnswer(await askForPage(next)));
  return { kind: 'searchset', searchset, requestId };
}

/**
 * What PDS has traced and CP-IS does not take is no slip of the user's. "Not found" is said of the patient here, and is
 * not "no record" (H2).
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
