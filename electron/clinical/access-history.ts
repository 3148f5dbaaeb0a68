/** Who has checked a patient before: read from CP-IS once for each check, and given to the page in parts. */
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Fault, lookupDetails } from '../../shared/fault.ts';
import type { CareSetting, CheckedOutcome, HistoryOutcome } from '../../shared/outcome.ts';
import { historyMayNotify } from './cpis/cpis-client.ts';
import type { WholeHistory } from './cpis/read-history-search.ts';
import { markOwnAccess, type OwnCheck } from './own-access.ts';
import type { RecordedRequests, RecordedRequestsDependencies } from './recorded-requests.ts';

/** A check that found a record, which alone has a history. */
export interface FoundCheck {
  readonly checkId: string;
  readonly careSetting: CareSetting;
  /** Of a check that may have an entry in the history. */
  own?: OwnCheck;
  history?: Promise<WholeHistory>;
}

/** `undefined` for any other outcome. */
export function foundIn({ kind, retrieval }: CheckedOutcome): FoundCheck | undefined {
  const { checkId, careSetting } = retrieval;
  return kind === 'found' ? { checkId, careSetting } : undefined;
}

/** `from`: the first access of the part. `signal` ends with the patient of the check. */
export type ReadHistory = (
  nhsNumber: NhsNumber,
  found: FoundCheck,
  from: number,
  signal: AbortSignal,
) => Promise<HistoryOutcome>;

/** The page draws this many within a frame. CP-IS keeps 25 accesses, but its guide does not promise a limit. */
const accessesInPart = 100;

/** Reads CP-IS once a check, and keeps the answer for its further parts. */
export function createHistoryReader(
  { cpis, fault, recordRequest }: Pick<RecordedRequests, 'cpis' | 'fault' | 'recordRequest'>,
  { environment, audit }: Pick<RecordedRequestsDependencies, 'environment' | 'audit'>,
): ReadHistory {
  async function wholeHistory(
    nhsNumber: NhsNumber,
    found: FoundCheck,
    from: number,
    signal: AbortSignal,
  ): Promise<WholeHistory> {
    if (!cpis.keepsHistory) {
      return couldNotRead(fault('request-refused', lookupDetails.noHistoryKept));
    }
    if (found.history !== undefined) return found.history;
    // Only the first part sends a request; a later part needs a history that has been read.
    if (from > 0) return couldNotRead(fault('request-refused'));
    const reading = send(nhsNumber, found, signal);
    found.history = reading;
    const outcome = await reading;
    // A read that cannot notify may be repeated; one that may notify is sent once per check, whatever its outcome (H4).
    const isRepeatable =
      outcome.kind === 'could-not-read' && !historyMayNotify(environment, found.careSetting);
    if (isRepeatable) delete found.history;
    return outcome;
  }

  async function send(
    nhsNumber: NhsNumber,
    { checkId, careSetting, own }: FoundCheck,
    signal: AbortSignal,
  ): Promise<WholeHistory> {
    const refusal = await recordRequest(signal, {
      event: 'cpis-query',
      query: 'history',
      patient: audit.encrypt(nhsNumber),
      careSetting,
      mayNotify: historyMayNotify(environment, careSetting),
      repeat: 'first',
      checkId,
    });
    if (refusal !== undefined) return couldNotRead(refusal);
    const outcome = await cpis.history(nhsNumber, careSetting, signal, checkId);
    if (signal.aborted) return couldNotRead(fault('patient-changed')); // H3
    if (outcome.kind !== 'read' || own === undefined) return outcome;
    const accesses = markOwnAccess(outcome.history.accesses, own);
    return { kind: 'read', history: { ...outcome.history, accesses } };
  }

  return async (nhsNumber, found, from, signal) => {
    const whole = await wholeHistory(nhsNumber, found, from, signal);
    if (whole.kind === 'could-not-read') return whole;
    const { accesses, incomplete } = whole.history;
    const part = accesses.slice(from, from + accessesInPart);
    return { kind: 'read', history: { accesses: part, total: accesses.length, incomplete } };
  };
}

/** As the page gets it. */
export function couldNotRead(fault: Fault): { readonly kind: 'could-not-read'; readonly fault: Fault } {
  return { kind: 'could-not-read', fault };
}
