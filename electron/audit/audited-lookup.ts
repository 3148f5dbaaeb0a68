/**
 * Wraps the patient lookup with its audit: the trail has each request before PDS receives it, as `beforeCpisQuery` does
 * for CP-IS, and each outcome afterwards. An outcome that cannot be recorded is still shown; the next request then fails,
 * because it cannot be recorded either.
 */

import { type Fault, makeFault } from '../../shared/fault.ts';
import type { SearchOutcome } from '../../shared/outcome.ts';
import type {
  CpisQuery,
  NumberedTraceOutcome,
  PatientLookup,
  UnauditedPatientLookup,
} from '../clinical/patient-lookup.ts';
import { newReference } from '../diagnostics/reference.ts';
import { type Audit, recorded } from './audit.ts';

/** Called immediately before a request to CP-IS; with a fault nothing is sent. */
export function recordCpisQuery(
  audit: Audit,
  { nhsNumber, ...query }: CpisQuery,
): Promise<Fault | undefined> {
  return audit.record({ event: 'cpis-query', ...query, patient: audit.encrypt(nhsNumber) });
}

export function auditPatientLookup(lookup: UnauditedPatientLookup, audit: Audit): PatientLookup {
  /** The checks with a recorded outcome: two clicks share one check, which has one outcome. */
  const recordedChecks = new Set<string>();

  function isFirst(id: string): boolean {
    if (recordedChecks.has(id)) return false;
    recordedChecks.add(id);
    return true;
  }

  /** Counts what ends a patient, or the way to one. */
  let changes = 0;

  /** H3: nobody is open while the next is recorded. Gives whether nothing has ended this meanwhile. */
  function beginChange(): () => boolean {
    changes += 1;
    const own = changes;
    void lookup.discard();
    return () => own === changes;
  }

  const ended = () => makeFault('patient-changed', newReference());

  const audited: PatientLookup = {
    ...lookup,
    async trace(request, bornOn) {
      const actor = audit.actor();
      const isStillWanted = beginChange();
      const unrecorded = await audit.record({
        event: 'patient-trace',
        patient: audit.encrypt(request.nhsNumber),
        from: bornOn === undefined ? 'viewer' : 'launch',
      });
      if (unrecorded !== undefined) return { kind: 'could-not-trace', fault: unrecorded };
      const outcome: NumberedTraceOutcome = isStillWanted()
        ? await lookup.trace(request, bornOn)
        : { kind: 'could-not-trace', fault: ended() };
      void audit.record(
        {
          event: 'patient-trace-outcome',
          outcome: outcome.kind,
          patient: outcome.kind === 'traced' ? audit.encrypt(outcome.nhsNumber) : null,
          fault: 'fault' in outcome ? recorded(outcome.fault) : null,
        },
        actor,
      );
      return outcome.kind === 'traced' ? { kind: outcome.kind, patient: outcome.patient } : outcome;
    },
    async search(request) {
      const actor = audit.actor();
      const isStillWanted = beginChange();
      const unrecorded = await audit.record({ event: 'patient-search' });
      if (unrecorded !== undefined) return { kind: 'could-not-search', fault: unrecorded };
      const outcome: SearchOutcome = isStillWanted()
        ? await lookup.search(request)
        : { kind: 'could-not-search', fault: ended() };
      const fault = 'fault' in outcome ? recorded(outcome.fault) : null;
      void audit.record({ event: 'patient-search-outcome', outcome: outcome.kind, fault }, actor);
      return outcome;
    },
    async check(request) {
      const actor = audit.actor();
      const outcome = await lookup.check(request);
      switch (outcome.kind) {
        case 'found':
        case 'no-record':
        case 'denied':
        case 'could-not-check': {
          const { checkId, notification } = outcome.retrieval;
          if (!isFirst(checkId)) break;
          void audit.record(
            {
              event: 'cpis-outcome',
              query: 'check',
              checkId,
              outcome: outcome.kind,
              notification,
              fault: 'fault' in outcome ? recorded(outcome.fault) : null,
            },
            actor,
          );
          break;
        }
        case 'not-asked':
          void audit.record(
            {
              event: 'cpis-outcome',
              query: 'check',
              checkId: null,
              outcome: outcome.kind,
              notification: 'not-told',
              fault: recorded(outcome.fault),
            },
            actor,
          );
          break;
        case 'confirm-repeat':
          break;
      }
      return outcome;
    },
    async history(request) {
      const actor = audit.actor();
      const outcome = await lookup.history(request);
      // Further parts of a history that has been read show the page more, and add nothing to the trail.
      if (request.from > 0) return outcome;
      void audit.record(
        {
          event: 'cpis-outcome',
          query: 'history',
          checkId: request.checkId,
          outcome: outcome.kind,
          fault: 'fault' in outcome ? recorded(outcome.fault) : null,
        },
        actor,
      );
      return outcome;
    },
    discard() {
      changes += 1;
      return lookup.discard();
    },
    clear(reason) {
      changes += 1;
      recordedChecks.clear();
      return lookup.clear(reason);
    },
  };
  return {
    ...audited,
    trace: (request, bornOn) => audit.whileUnderWay(audited.trace(request, bornOn)),
    search: (request) => audit.whileUnderWay(audited.search(request)),
    check: (request) => audit.whileUnderWay(audited.check(request)),
    history: (request) => audit.whileUnderWay(audited.history(request)),
  };
}
