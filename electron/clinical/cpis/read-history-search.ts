/** Reads the result of a search for accesses, with its further pages, into the view that the screen shows. */
import type { HistoryView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, makeFault } from '../../../shared/fault.ts';
import type { ServiceResponse } from '../service/transport.ts';
import { readHistory } from './audit-event.ts';
import { inCpisWords, type RequestPage, readSearch } from './search.ts';

export type WholeHistory =
  | { readonly kind: 'read'; readonly history: HistoryView }
  | { readonly kind: 'could-not-read'; readonly fault: Fault };

/** Plain data only, since a thread receives it as a structured clone. */
export interface HistorySearch {
  readonly nhsNumber: NhsNumber;
  /** The URL that returned `first`. */
  readonly url: string;
  readonly first: ServiceResponse;
}

/**
 * Reads one history. When `signal` aborts, the reading stops and its memory is freed. Rejects if the reading itself
 * fails.
 */
export type HistoryReader = (
  search: HistorySearch,
  requestPage: RequestPage,
  signal: AbortSignal,
) => Promise<WholeHistory>;

export const readHistorySearch: HistoryReader = async ({ nhsNumber, url, first }, requestPage) => {
  const answer = await readSearch(first, new URL(url), requestPage);
  if (answer.kind === 'failure') return { kind: 'could-not-read', fault: inCpisWords(answer.failure) };
  const reading = readHistory(answer.searchset, nhsNumber);
  switch (reading.kind) {
    case 'read':
      return reading;
    case 'wrong-patient':
      return { kind: 'could-not-read', fault: makeFault('wrong-patient', answer.requestId) };
  }
};
