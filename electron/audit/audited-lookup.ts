/**
 * The enquiry with its audit: PDS is asked only after the trail has the question, as CP-IS is through
 * `beforeCpisQuery`; what came of it follows when it is known. An outcome that cannot be recorded is shown all the same,
 * and the next question is then stopped by the same disk.
 */

import { type Fault, makeFault } from '../../shared/fault.ts';
import type { SearchOutcome, TraceOutcome } from '../../shared/outcome.ts';
import type { CpisQuery, PatientLookup } from '../clinical/patient-lookup.ts';
import { newReference } from '../diagnostics/reference.ts';
import { type Audit, recorded } from './audit.ts';

/** The last thing before CP-IS is asked; a fault stops the question, and nothing is sent. */
export function recordCpisQuery(
  audit: Audit,
  { nhsNumber, ...query }: CpisQuery,
): Promise<Fault | undefined> {
  return audit.record({ event: 'cpis-query', ...query, patient: audit.seal(nhsNumber) });
}

export function auditPatientLookup(lookup: PatientLookup, audit: Audit): PatientLookup {
  /** A second click waits for the first one's answer: one question, one outcome. */
  const noted = new Set<string>();

  function isFirst(id: string): boolean {
    if (noted.has(id)) return false;
    noted.add(id);
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
        patient: audit.seal(request.nhsNumber),
        from: bornOn === undefined ? 'viewer' : 'launch',
      });
      if (unrecorded !== undefined) return { kind: 'could-not-trace', fault: unrecorded };
      const outcome: TraceOutcome = isStillWanted()
        ? await lookup.trace(request, bornOn)
        : { kind: 'could-not-trace', fault: ended() };
      void audit.record(
        {
          event: 'patient-trace-outcome',
          outcome: outcome.kind,
          patient: outcome.kind === 'traced' ? audit.seal(outcome.patient.nhsNumber) : null,
          fault: 'fault' in outcome ? recorded(outcome.fault) : null,
        },
        actor,
      );
      return outcome;
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
      // Further parts of a history that has been read tell the page more, and the trail nothing.
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
      noted.clear();
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
