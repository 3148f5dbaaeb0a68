/** Reads the result of a search for accesses, with its further pages, into the view that the screen shows. */
import type { HistoryView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import type { ServiceResponse } from '../service/transport.ts';
import { readHistory } from './audit-event.ts';
import { inCpisWords, type RequestPage, readSearch } from './search.ts';
import type { EndSlice } from './slices.ts';

export type WholeHistory =
  | { readonly kind: 'read'; readonly history: HistoryView }
  | { readonly kind: 'could-not-read'; readonly fault: Fault };

export interface HistorySearch {
  readonly nhsNumber: NhsNumber;
  /** The URL that returned `first`. */
  readonly url: URL;
  readonly first: ServiceResponse;
}

/**
 * All pages together. CP-IS keeps 25 accesses, of about 1 kB each; what is much larger would hold up the user's input while
 * it is read.
 */
export const largestHistoryBytes = 192 * 1_024;

/** Rejects if the reading fails, or if `endSlice` does. */
export async function readHistorySearch(
  { nhsNumber, url, first }: HistorySearch,
  requestPage: RequestPage,
  endSlice: EndSlice,
): Promise<WholeHistory> {
  let bytes = sizeOf(first);
  if (bytes > largestHistoryBytes) {
    const fault = makeFault('answer-not-understood', first.requestId, lookupDetails.historyTooLarge);
    return { kind: 'could-not-read', fault };
  }
  const answer = await readSearch(first, url, async (next) => {
    await endSlice();
    const page = await requestPage(next);
    bytes += sizeOf(page);
    return bytes > largestHistoryBytes ? tooLarge(page) : page;
  });
  if (answer.kind === 'failure') return { kind: 'could-not-read', fault: inCpisWords(answer.failure) };
  await endSlice();
  const reading = await readHistory(answer.searchset, nhsNumber, endSlice);
  switch (reading.kind) {
    case 'read':
      return reading;
    case 'wrong-patient':
      return { kind: 'could-not-read', fault: makeFault('wrong-patient', answer.requestId) };
  }
}

function sizeOf({ answer }: ServiceResponse): number {
  return answer.kind === 'answered' ? answer.body.byteLength : 0;
}

/** A further page that is not read: the history says that it is not all there (H15). */
function tooLarge({ requestId }: ServiceResponse): ServiceResponse {
  return {
    answer: {
      kind: 'failed',
      fault: 'answer-not-understood',
      delivered: 'unknown',
      detail: 'history too large',
    },
    requestId,
  };
}
