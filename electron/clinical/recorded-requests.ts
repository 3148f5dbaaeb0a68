import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Fault, type FaultDetail, makeFault } from '../../shared/fault.ts';
import type { CareSetting, CheckOutcome } from '../../shared/outcome.ts';
import type { Permissions } from '../../shared/session.ts';
import type { Audit } from '../audit/audit.ts';
import type { AuditEvent } from '../audit/trail-event.ts';
import { type CpisClient, type CpisClientDependencies, createCpisClient } from './cpis/cpis-client.ts';
import type { RecordedNotification } from './notification-history.ts';
import {
  createPdsClient,
  type LaunchedFrom,
  type PdsClient,
  type PdsTrace,
  type TraceRequest,
} from './pds/pds-client.ts';
import { describeOutcome } from './retrieval.ts';

export interface RecordedRequestsDependencies extends CpisClientDependencies {
  /** `undefined`: no user is signed in. */
  readonly permissions: () => Permissions | undefined;
  readonly audit: Pick<Audit, 'record' | 'actor' | 'encrypt' | 'whileUnderWay'>;
}

export interface CheckQuery {
  readonly nhsNumber: NhsNumber;
  readonly careSetting: CareSetting;
  readonly repeat: 'first' | 'again';
}

export interface RecordedRequests {
  readonly pds: PdsClient;
  readonly cpis: CpisClient;
  fault(kind: Fault['kind'], detail?: FaultDetail): Fault;
  /**
   * The last conditions before a request: it is in the trail, the patient and the session are the same. With a fault
   * nothing is sent.
   */
  recordRequest(signal: AbortSignal, entry: AuditEvent): Promise<Fault | undefined>;
  /**
   * Records the outcome with the actor of the request, because a lock or a sign-out may come first; the end of the viewer
   * waits for it (H5). An outcome that cannot be recorded is still returned: the next request cannot be recorded either.
   */
  recordOutcome<Outcome>(
    request: () => Promise<Outcome>,
    entryFor: (outcome: Outcome) => AuditEvent | undefined,
  ): Promise<Outcome>;
  /** Settles when every request of `recordOutcome` has; `undefined` where there is none. */
  underWay(): Promise<unknown> | undefined;
  trace(
    request: TraceRequest,
    from: Extract<AuditEvent, { event: 'patient-trace' }>['from'],
    signal: AbortSignal,
    launch?: LaunchedFrom,
  ): Promise<PdsTrace>;
  /** `onSend`, for a check that may notify: called once nothing can keep it from being sent (H4). */
  check(query: CheckQuery, signal: AbortSignal, onSend?: () => RecordedNotification): Promise<CheckOutcome>;
}

/**
 * The requests to PDS and to CP-IS, for the patient on the screen and for the patients of a clinic list: each is recorded,
 * sent, and its outcome recorded; one that cannot be recorded is not sent. The `signal` of a request ends with its patient:
 * from then on nothing is sent and no answer is given (H3).
 */
export function createRecordedRequests(dependencies: RecordedRequestsDependencies): RecordedRequests {
  const { now, doubtedNow, newId, permissions, audit } = dependencies;
  const pds = createPdsClient(dependencies);
  const cpis = createCpisClient(dependencies);
  const underWay = new Set<Promise<unknown>>();

  const fault = (kind: Fault['kind'], detail?: FaultDetail) => makeFault(kind, newId(), detail);

  async function recordRequest(signal: AbortSignal, entry: AuditEvent): Promise<Fault | undefined> {
    try {
      const unrecorded = await audit.record(entry);
      if (unrecorded !== undefined) return unrecorded;
    } catch {
      return fault('audit-unavailable');
    }
    if (signal.aborted) return fault('patient-changed'); // H3
    return permissions() === undefined ? fault('signed-out') : undefined;
  }

  return {
    pds,
    cpis,
    fault,
    recordRequest,
    recordOutcome(request, entryFor) {
      const actor = audit.actor();
      const work = request().then((outcome) => {
        const entry = entryFor(outcome);
        if (entry !== undefined) void audit.record(entry, actor);
        return outcome;
      });
      const settled = work.then(
        () => undefined,
        () => undefined,
      );
      underWay.add(settled);
      void settled.then(() => underWay.delete(settled));
      return audit.whileUnderWay(work);
    },
    underWay: () => (underWay.size === 0 ? undefined : Promise.all(underWay)),
    async trace(request, from, signal, launch) {
      const refusal = await recordRequest(signal, {
        event: 'patient-trace',
        patient: audit.encrypt(request.nhsNumber),
        from,
      });
      if (refusal !== undefined) return { kind: 'could-not-trace', fault: refusal };
      const outcome = await pds.trace(request, signal, launch);
      // H3: a late answer is dropped, whatever it says.
      return signal.aborted ? { kind: 'could-not-trace', fault: fault('patient-changed') } : outcome;
    },
    async check({ nhsNumber, careSetting, repeat }, signal, onSend) {
      const checkId = newId();
      const refusal = await recordRequest(signal, {
        event: 'cpis-query',
        query: 'check',
        patient: audit.encrypt(nhsNumber),
        careSetting,
        mayNotify: careSetting === 'unscheduled',
        repeat,
        checkId,
      });
      if (refusal !== undefined) return { kind: 'not-asked', fault: refusal };
      const sent = onSend?.();
      const answer = await cpis.check(nhsNumber, careSetting, signal, checkId);
      sent?.resolve(answer.notification);
      const outcome = describeOutcome(
        checkId,
        { at: now(), clockInDoubt: doubtedNow() !== undefined },
        careSetting,
        answer,
        cpis.keepsHistory,
      );
      return signal.aborted
        ? { kind: 'could-not-check', retrieval: outcome.retrieval, fault: fault('patient-changed') } // H3
        : outcome;
    },
  };
}
