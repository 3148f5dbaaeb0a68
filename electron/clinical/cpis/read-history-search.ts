/** From the answer of the search for accesses to what the screen shows of it, further pages and all. */
import type { HistoryView } from '../../../shared/clinical/cp-is.ts';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { type Fault, makeFault } from '../../../shared/fault.ts';
import type { ServiceResponse } from '../service/transport.ts';
import { readHistory } from './audit-event.ts';
import { type AskForPage, inCpisWords, readSearch } from './search.ts';

export type WholeHistory =
  | { readonly kind: 'read'; readonly history: HistoryView }
  | { readonly kind: 'could-not-read'; readonly fault: Fault };

/** Data and nothing else: it is passed to a thread. */
export interface HistorySearch {
  readonly nhsNumber: NhsNumber;
  /** Where the first answer came from. */
  readonly url: string;
  readonly first: ServiceResponse;
}

/**
 * Reads one history. `signal`: nobody wants it any more, and whatever holds it is let go. Rejects if the reading itself
 * breaks down.
 */
export type HistoryReader = (
  search: HistorySearch,
  askForPage: AskForPage,
  signal: AbortSignal,
) => Promise<WholeHistory>;

export const readHistorySearch: HistoryReader = async ({ nhsNumber, url, first }, askForPage) => {
  const answer = await readSearch(first, new URL(url), askForPage);
  if (answer.kind === 'failure') return { kind: 'could-not-read', fault: inCpisWords(answer.failure) };
  const reading = readHistory(answer.searchset, nhsNumber);
  switch (reading.kind) {
    case 'read':
      return reading;
    case 'wrong-patient':
      return { kind: 'could-not-read', fault: makeFault('wrong-patient', answer.requestId) };
  }
};
