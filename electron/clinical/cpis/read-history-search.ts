/** Reads the result of a search for accesses, with its further pages, into the view that the screen shows. */
import type { HistoryView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import type { ServiceResponse } from '../service/transport.ts';
import { readHistory } from './audit-event.ts';
import { inCpisWords, type RequestPage, readSearch, type SizeLimit } from './search.ts';
import type { EndSlice } from './slices.ts';

export type WholeHistory =
  | { readonly kind: 'read'; readonly history: HistoryView }
  | { readonly kind: 'could-not-read'; readonly fault: Fault };

export interface HistorySearch {
  readonly nhsNumber: NhsNumber;
  readonly url: URL;
  readonly first: ServiceResponse;
}

/** CP-IS keeps 25 accesses, of about 1 kB each. Further pages are not read: the history says that it is not all there (H15). */
const sizeLimit: SizeLimit = { mostBytes: 192 * 1_024, exceeded: lookupDetails.historyTooLarge };

/** Rejects if the reading fails, or if `endSlice` does. */
export async function readHistorySearch(
  { nhsNumber, url, first }: HistorySearch,
  requestPage: RequestPage,
  endSlice: EndSlice,
): Promise<WholeHistory> {
  const requestNext: RequestPage = async (next) => {
    await endSlice();
    return requestPage(next);
  };
  const answer = await readSearch(first, url, requestNext, sizeLimit);
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
