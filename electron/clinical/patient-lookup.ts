/**
 * Keeps the one current patient and serves the channels about patients and CP-IS. An answer is returned only for the patient
 * of its request: tracing another patient, discarding, locking or signing out aborts every pending request (H3).
 */

import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { ParsedRequest } from '../../shared/contract.ts';
import {
  careSettingNotAllowed,
  careSettingNotAnswered,
  type Fault,
  lookupDetails,
} from '../../shared/fault.ts';
import type {
  CareSetting,
  CheckedOutcome,
  CheckOutcome,
  HistoryOutcome,
  SearchOutcome,
  TraceOutcome,
} from '../../shared/outcome.ts';
import type { Permissions, UserView } from '../../shared/session.ts';
import type { TakenTime } from '../../shared/taken-time.ts';
import { couldNotRead, createHistoryReader, type FoundCheck, foundIn } from './access-history.ts';
import type { KeptCheck } from './check-record.ts';
import {
  checkOutcomeEntry,
  historyOutcomeEntry,
  searchOutcomeEntry,
  traceOutcomeEntry,
} from './lookup-entries.ts';
import { createNotificationHistory } from './notification-history.ts';
import type { LaunchedFrom, PdsTrace } from './pds/pds-client.ts';
import { createRecordedRequests, type RecordedRequestsDependencies } from './recorded-requests.ts';

export interface PatientLookupDependencies extends RecordedRequestsDependencies {
  /** H4: false where the user did not choose this check. Nothing is sent then. */
  readonly gesture: {
    take(check: {
      readonly kind: 'check';
      readonly nhsNumber: NhsNumber;
      readonly mayNotify: boolean;
    }): Promise<boolean>;
  };
  readonly user: () => UserView | undefined;
  readonly userId: () => string | undefined;
  readonly earlierSession: EarlierSession | undefined;
  /** Called before the patient is replaced or dropped. */
  readonly onPatientChange: () => void;
}

/** A session that was never signed out, because the viewer crashed or was killed. Its patients are not known. */
export interface EarlierSession {
  readonly userId: string;
  /** When its latest unscheduled check was sent that notified, or may have. */
  readonly notifiedAt: TakenTime;
}

export interface PatientLookup {
  /** `launch`, where the number comes from the record system. */
  trace(request: ParsedRequest<'patient.trace'>, launch?: LaunchedFrom): Promise<TraceOutcome>;
  search(request: ParsedRequest<'patient.search'>): Promise<SearchOutcome>;
  openPatient(): OpenPatient | undefined;
  /** Opens a patient of a clinic list with the answer that the list has kept. Sends nothing. */
  openKept(kept: KeptPatient): void;
  /** Why the user may not check in scheduled care at all. */
  refuseScheduled(): Fault | undefined;
  /** Settles when every request under way has; `undefined` where there is none. */
  underWay(): Promise<unknown> | undefined;
  /** The context of the patient about whom an answer has been given, or a check is on its way. */
  openAnswer(): string | undefined;
  discard(): Promise<undefined>;
  check(request: ParsedRequest<'cpis.check'>): Promise<CheckOutcome>;
  history(request: ParsedRequest<'cpis.history'>): Promise<HistoryOutcome>;
  /** The check on the screen, with its patient. H3: `undefined` for any other check, and while no user is signed in. */
  keptCheck(checkId: string): KeptCheck | undefined;
  /**
   * Discards the patient and every answer (H10). A lock keeps the notification history, so that the same user, also in
   * another role, still confirms a repeat (H4); a sign-out discards it (H14). `page-lost`: the renderer process has ended.
   * Returns when an unscheduled check was sent whose answer is now discarded: the check may have notified, and the user
   * must be told (H5).
   */
  clear(reason: 'lock' | 'sign-out' | 'page-lost'): TakenTime | undefined;
}

/** The patient on the screen; a launch compares its own patient with this one. */
export interface OpenPatient {
  readonly context: string;
  /** The requested number, and the number that PDS has replaced it with. */
  readonly nhsNumbers: readonly NhsNumber[];
  /** As PDS holds it: `YYYY-MM-DD`, a partial date, or none. */
  readonly birthDate: string | undefined;
  /** A row of a clinic list has opened this patient: the user has confirmed nobody, and scheduled care is all there is. */
  readonly isFromList?: true;
}

export interface KeptPatient {
  readonly patient: TracedPatient;
  readonly outcome: CheckedOutcome;
  /** Takes the outcome of a further check of this patient. */
  readonly onChecked: (outcome: CheckedOutcome) => void;
}

/** One patient at a time. The object is replaced, never reused, so code that holds an old one can compare identities. */
interface CurrentPatient {
  readonly abort: AbortController;
  patient?: TracedPatient;
  /** The last check's outcome. */
  outcome?: CheckedOutcome;
  pending?: { readonly careSetting: CareSetting; readonly outcome: Promise<CheckOutcome> };
  /** When the pending check was sent, where it may notify. */
  notifyingSince?: TakenTime;
  isAnswered?: true;
  found?: FoundCheck | undefined;
  /** Set for a patient of a clinic list, which takes the outcome of a further check. */
  onChecked?: (outcome: CheckedOutcome) => void;
}

/** A patient whom PDS has found. */
export type TracedPatient = OpenPatient &
  Pick<PatientView, 'banner' | 'notes'> & { readonly nhsNumber: NhsNumber };

type CheckRequest = ParsedRequest<'cpis.check'>;

/** With no patient yet. */
export function createPatientLookup(dependencies: PatientLookupDependencies): PatientLookup {
  const { environment, now, doubtedNow, permissions, audit, gesture, user, userId, onPatientChange } =
    dependencies;
  const requests = createRecordedRequests(dependencies);
  const { pds, cpis, fault, recordRequest, recordOutcome } = requests;
  const readHistory = createHistoryReader(requests, dependencies);
  let current: CurrentPatient = { abort: new AbortController() };
  let notifications = createNotificationHistory();
  /** H4: the patient of its check is not known, so it may have been any patient. */
  let earlierSession = dependencies.earlierSession;
  const recordedChecks = new WeakSet<CheckOutcome>();

  /** H3, H10: aborts every pending request and discards every answer. */
  function begin(): CurrentPatient {
    onPatientChange();
    current.abort.abort();
    current = { abort: new AbortController() };
    return current;
  }

  /** Also gives the NHS number of PDS, which the trail records and the page does not get. */
  async function trace(request: ParsedRequest<'patient.trace'>, launch?: LaunchedFrom): Promise<PdsTrace> {
    const currentPatient = begin(); // H3: no patient is open while the next is being recorded
    const { signal } = currentPatient.abort;
    const outcome = await requests.trace(request, sourceOf(request, launch), signal, launch);
    if (outcome.kind === 'traced') currentPatient.patient = openPatientOf(request.nhsNumber, outcome);
    return outcome;
  }

  async function search(request: ParsedRequest<'patient.search'>): Promise<SearchOutcome> {
    const currentPatient = begin();
    const refusal = await recordRequest(currentPatient.abort.signal, {
      event: 'patient-search',
      scope: request.scope,
    });
    if (refusal !== undefined) return { kind: 'could-not-search', fault: refusal };
    const outcome = await pds.search(request, currentPatient.abort.signal);
    return currentPatient === current
      ? outcome
      : { kind: 'could-not-search', fault: fault('patient-changed') };
  }

  async function check(request: CheckRequest): Promise<CheckOutcome> {
    const currentPatient = current;
    const { patient, pending } = currentPatient;
    const allowed = permissions();
    if (allowed === undefined) return notAsked(fault('signed-out'));
    if (patient === undefined || patient.context !== request.context) {
      return notAsked(fault('patient-changed')); // H3
    }
    const refusal = refuse(request.careSetting, allowed, currentPatient);
    if (refusal !== undefined) return notAsked(refusal);
    if (pending !== undefined) {
      // H4: a second click waits for the first answer and never sends a second request.
      return pending.careSetting === request.careSetting
        ? pending.outcome
        : notAsked(fault('request-refused', lookupDetails.stillAsking));
    }
    const earlier = request.careSetting === 'unscheduled' ? earlierCheck(patient.nhsNumber) : undefined;
    if (earlier !== undefined && request.repeat !== 'again') {
      return { kind: 'confirm-repeat', askedBefore: earlier.at, about: earlier.about }; // H4
    }
    const outcome = sendCheck(currentPatient, patient, request);
    currentPatient.pending = { careSetting: request.careSetting, outcome };
    try {
      const answer = await outcome;
      if (answer.kind !== 'not-asked') currentPatient.isAnswered = true;
      return answer;
    } finally {
      delete currentPatient.pending;
      delete currentPatient.notifyingSince;
    }
  }

  function earlierCheck(
    nhsNumber: NhsNumber,
  ): { readonly at: TakenTime; readonly about: 'this-patient' | 'not-known' } | undefined {
    const at = notifications.earlier(nhsNumber);
    if (at !== undefined) return { at, about: 'this-patient' };
    return earlierSession !== undefined && earlierSession.userId === userId()
      ? { at: earlierSession.notifiedAt, about: 'not-known' }
      : undefined;
  }

  function refuse(
    careSetting: CareSetting,
    allowed: Permissions,
    { onChecked }: Pick<CurrentPatient, 'onChecked'> = {},
  ): Fault | undefined {
    // H4: a patient of a clinic list is not here now.
    if (onChecked !== undefined && careSetting === 'unscheduled') {
      return fault('request-refused', careSettingNotAllowed('scheduled'));
    }
    if (environment.careSetting !== 'user-chooses' && environment.careSetting !== careSetting) {
      return fault('request-refused', careSettingNotAllowed(environment.careSetting));
    }
    if (!cpis.careSettings.includes(careSetting)) {
      return fault('request-refused', careSettingNotAnswered(careSetting));
    }
    const permission = allowed[careSetting];
    return permission.kind === 'refused'
      ? fault('role-not-allowed', { happened: permission.reason })
      : undefined;
  }

  async function sendCheck(
    currentPatient: CurrentPatient,
    patient: TracedPatient,
    request: CheckRequest,
  ): Promise<CheckOutcome> {
    const { careSetting, repeat } = request;
    const { nhsNumber } = patient;
    const isUnscheduled = careSetting === 'unscheduled';
    currentPatient.found = undefined;
    if (!(await gesture.take({ kind: 'check', nhsNumber, mayNotify: isUnscheduled }))) {
      return notAsked(fault('not-confirmed', lookupDetails.checkNotConfirmed)); // H4
    }
    // H4: recorded before sending, because a sent request cannot be withdrawn.
    const onSend = () => {
      const clock = doubtedNow() === undefined ? 'services' : 'doubted'; // H20
      const sentAt: TakenTime = { at: now().toISOString(), clock };
      currentPatient.notifyingSince = sentAt;
      return notifications.record(nhsNumber, sentAt);
    };
    const sentBefore = notifications.earlier(nhsNumber);
    const outcome = await requests.check(
      { nhsNumber, careSetting, repeat },
      currentPatient.abort.signal,
      isUnscheduled ? onSend : undefined,
    );
    if (currentPatient !== current || !('retrieval' in outcome)) return outcome;
    const [found, sentAt, by] = [foundIn(outcome), currentPatient.notifyingSince, user()];
    const { clockInDoubt, retrievedAt } = outcome.retrieval;
    // H20: by a clock in doubt it is not certain which entry of the history is this check.
    if (found !== undefined && sentAt !== undefined && by !== undefined && !clockInDoubt) {
      found.own = {
        user: by,
        sentAt: new Date(sentAt.at),
        answeredAt: new Date(retrievedAt),
        sentBefore: sentBefore && new Date(sentBefore.at),
      };
    }
    currentPatient.found = found;
    currentPatient.outcome = outcome;
    currentPatient.onChecked?.(outcome);
    return outcome;
  }

  async function history({ checkId, from }: ParsedRequest<'cpis.history'>): Promise<HistoryOutcome> {
    const { patient, found, abort } = current;
    if (permissions() === undefined) return couldNotRead(fault('signed-out'));
    if (patient === undefined || found?.checkId !== checkId) {
      return couldNotRead(fault('patient-changed')); // H3
    }
    return readHistory(patient.nhsNumber, found, from, abort.signal);
  }

  return {
    async trace(request, launch) {
      const outcome = await recordOutcome(
        () => trace(request, launch),
        (traced) => traceOutcomeEntry(traced, audit.encrypt),
      );
      return outcome.kind === 'traced' ? { kind: 'traced', patient: outcome.patient } : outcome;
    },
    search: (request) => recordOutcome(() => search(request), searchOutcomeEntry),
    check: (request) =>
      recordOutcome(
        () => check(request),
        (outcome) => {
          // Two clicks share one check, which has one outcome.
          if (recordedChecks.has(outcome)) return undefined;
          recordedChecks.add(outcome);
          return checkOutcomeEntry(outcome);
        },
      ),
    history: (request) =>
      recordOutcome(
        () => history(request),
        (outcome) => historyOutcomeEntry(outcome, request),
      ),
    keptCheck(checkId) {
      const { patient, outcome } = current;
      if (patient === undefined || outcome === undefined || permissions() === undefined) return undefined;
      if (outcome.retrieval.checkId !== checkId) return undefined; // H3
      return { banner: patient.banner, notes: patient.notes, outcome };
    },
    openPatient: () => current.patient,
    openKept({ patient, outcome, onChecked }) {
      begin();
      const found = foundIn(outcome);
      const opened = { ...patient, isFromList: true } as const;
      current = { ...current, patient: opened, outcome, onChecked, isAnswered: true, found };
    },
    refuseScheduled() {
      const allowed = permissions();
      return allowed === undefined ? fault('signed-out') : refuse('scheduled', allowed);
    },
    underWay: requests.underWay,
    openAnswer: () =>
      current.pending !== undefined || current.isAnswered ? current.patient?.context : undefined,
    async discard() {
      begin();
      return undefined;
    },
    clear(reason) {
      const { notifyingSince } = current;
      begin();
      switch (reason) {
        case 'lock':
        case 'page-lost':
          break;
        case 'sign-out':
          notifications = createNotificationHistory(); // H14
          earlierSession = undefined;
          break;
      }
      return notifyingSince;
    },
  };
}

/** `asked`: PDS may answer with the number that replaced it. */
export function openPatientOf(
  asked: NhsNumber,
  { nhsNumber, birthDate, patient }: Extract<PdsTrace, { kind: 'traced' }>,
): TracedPatient {
  const { context, banner, notes } = patient;
  return { context, banner, notes, nhsNumber, nhsNumbers: [asked, nhsNumber], birthDate };
}

function sourceOf({ wristband }: ParsedRequest<'patient.trace'>, launch: LaunchedFrom | undefined) {
  if (launch !== undefined) return 'launch';
  return wristband === undefined ? 'viewer' : 'wristband';
}

function notAsked(fault: Fault): CheckOutcome {
  return { kind: 'not-asked', fault };
}
