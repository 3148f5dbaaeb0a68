/** The entries of the audit trail about the outcome of each request. See `docs/audit.md`. */
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { ParsedRequest } from '../../shared/contract.ts';
import type { Fault } from '../../shared/fault.ts';
import type { CheckOutcome, HistoryOutcome, SearchOutcome } from '../../shared/outcome.ts';
import { recorded } from '../audit/audit.ts';
import type { AuditEvent, RecordedFault } from '../audit/trail-event.ts';
import type { PdsTrace } from './pds/pds-client.ts';

/** The NHS number of the record that came, encrypted; the one that was asked is in the query's entry. */
export function traceOutcomeEntry(
  outcome: PdsTrace,
  encrypt: (nhsNumber: NhsNumber) => string | null,
): AuditEvent {
  return {
    event: 'patient-trace-outcome',
    outcome: outcome.kind,
    patient: outcome.kind === 'traced' ? encrypt(outcome.nhsNumber) : null,
    fault: faultIn(outcome),
  };
}

/** Without what was found. Matches of which none is shown are a search that failed, as in the trails of earlier versions. */
export function searchOutcomeEntry(outcome: SearchOutcome): AuditEvent {
  const kind = outcome.kind === 'none-shown' ? 'could-not-search' : outcome.kind;
  return { event: 'patient-search-outcome', outcome: kind, fault: faultIn(outcome) };
}

/** `undefined`: nothing was asked. */
export function checkOutcomeEntry(outcome: CheckOutcome): AuditEvent | undefined {
  switch (outcome.kind) {
    case 'found':
    case 'no-record':
    case 'denied':
    case 'could-not-check': {
      const { checkId, notification } = outcome.retrieval;
      return {
        event: 'cpis-outcome',
        query: 'check',
        checkId,
        outcome: outcome.kind,
        notification,
        fault: faultIn(outcome),
      };
    }
    case 'not-asked':
      return {
        event: 'cpis-outcome',
        query: 'check',
        checkId: null,
        outcome: outcome.kind,
        notification: 'not-sent',
        fault: faultIn(outcome),
      };
    case 'confirm-repeat':
      return undefined;
  }
}

/** Further parts of a history that has been read show the page more, and add nothing to the trail. */
export function historyOutcomeEntry(
  outcome: HistoryOutcome,
  { checkId, from }: ParsedRequest<'cpis.history'>,
): AuditEvent | undefined {
  if (from > 0) return undefined;
  return {
    event: 'cpis-outcome',
    query: 'history',
    checkId,
    outcome: outcome.kind,
    fault: faultIn(outcome),
  };
}

function faultIn({ fault }: { readonly kind: string; readonly fault?: Fault }): RecordedFault | null {
  return fault === undefined ? null : recorded(fault);
}
