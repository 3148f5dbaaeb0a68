/**
 * Keeps the one current patient, and answers the channels about patients and CP-IS. An answer is given only to the
 * patient it was asked for: finding another, letting go, locking or signing out ends everything in flight (H3).
 */

import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { ParsedRequest } from '../../shared/contract.ts';
import {
  careSettingNotAllowed,
  careSettingNotAnswered,
  type Fault,
  type FaultDetail,
  lookupDetails,
  makeFault,
} from '../../shared/fault.ts';
import type {
  CareSetting,
  CheckOutcome,
  HistoryOutcome,
  SearchOutcome,
  TraceOutcome,
} from '../../shared/outcome.ts';
import type { Permissions } from '../../shared/session.ts';
import {
  type CheckAnswer,
  type CpisClientDependencies,
  createCpisClient,
  historyMayNotify,
} from './cpis/cpis-client.ts';
import type { WholeHistory } from './cpis/read-history-search.ts';
import { createNotificationHistory } from './notification-history.ts';
import { createPdsClient } from './pds/pds-client.ts';
import { describeRetrieval } from './retrieval.ts';

/** What is about to be asked of CP-IS; for the audit trail, which is written before anything is sent. */
export interface CpisQuery {
  readonly query: 'check' | 'history';
  readonly nhsNumber: NhsNumber;
  readonly careSetting: CareSetting;
  /** Whether this question tells the local authority. */
  readonly mayNotify: boolean;
  readonly repeat: 'first' | 'again';
  /** The same for a check and its history; also `Asked.checkId`, and the `X-Correlation-ID` that CP-IS is sent. */
  readonly checkId: string;
}

export interface PatientLookupDependencies extends CpisClientDependencies {
  /** `undefined`: nobody is signed in. */
  readonly permissions: () => Permissions | undefined;
  /** Awaited immediately before CP-IS is asked; a fault stops the question, and nothing is sent. */
  readonly beforeCpisQuery: (query: CpisQuery) => Promise<Fault | undefined>;
  /** Who is signed in. */
  readonly userId: () => string | undefined;
  readonly earlierSession: EarlierSession | undefined;
}

/** A session that was never signed out, because the viewer ended by itself. No patient is known of it. */
export interface EarlierSession {
  readonly userId: string;
  /** When its latest unscheduled check was sent that notified, or may have. */
  readonly notifiedAt: Date;
}

export interface PatientLookup {
  /** `bornOn`, where the number comes from another system: PDS must have that date of birth (H3). */
  trace(request: ParsedRequest<'patient.trace'>, bornOn?: string): Promise<TraceOutcome>;
  search(request: ParsedRequest<'patient.search'>): Promise<SearchOutcome>;
  openPatient(): OpenPatient | undefined;
  discard(): Promise<undefined>;
  check(request: ParsedRequest<'cpis.check'>): Promise<CheckOutcome>;
  history(request: ParsedRequest<'cpis.history'>): Promise<HistoryOutcome>;
  /**
   * Lets go of the patient and of every answer (H10). A lock keeps, as digests, about whom was asked, so that the same
   * user coming back, in another role too, is still asked before a repeat (H4); a sign-out forgets that too (H14).
   * `page-lost`: the process of the page has ended. Gives when an unscheduled check was sent whose answer is now dropped:
   * it may have notified, which has to be said (H5).
   */
  clear(reason: 'lock' | 'sign-out' | 'page-lost'): Date | undefined;
}

/** Whom the screen shows; for telling whether a launch asks for the same patient. */
export interface OpenPatient {
  readonly context: string;
  /** The one that was asked for, and the one that PDS has put in its place. */
  readonly nhsNumbers: readonly NhsNumber[];
  /** As PDS has it: `YYYY-MM-DD`, less of it, or none. */
  readonly birthDate: string | undefined;
}

/** One patient at a time. Replaced as a whole, so that whoever still holds an old one can see that it is old. */
interface CurrentPatient {
  readonly abort: AbortController;
  patient?: OpenPatient & { readonly nhsNumber: NhsNumber };
  pending?: { readonly careSetting: CareSetting; readonly outcome: Promise<CheckOutcome> };
  /** When the pending question left, where it may notify. */
  notifyingSince?: Date;
  found?: FoundCheck;
}

interface FoundCheck {
  readonly checkId: string;
  readonly careSetting: CareSetting;
  history?: Promise<WholeHistory>;
}

type Patient = NonNullable<CurrentPatient['patient']>;
type CheckRequest = ParsedRequest<'cpis.check'>;

export function createPatientLookup(dependencies: PatientLookupDependencies): PatientLookup {
  const { environment, clock, newId, permissions, beforeCpisQuery, userId } = dependencies;
  const pds = createPdsClient(dependencies);
  const cpis = createCpisClient(dependencies);
  let current: CurrentPatient = { abort: new AbortController() };
  let memory = createNotificationHistory();
  /** H4: whom it asked about is not known, so it may be any patient. */
  let earlierSession = dependencies.earlierSession;

  /** H3, H10: ends what is in flight and forgets what was answered. */
  function begin(): CurrentPatient {
    current.abort.abort();
    current = { abort: new AbortController() };
    return current;
  }

  const fault = (kind: Fault['kind'], detail?: FaultDetail) => makeFault(kind, newId(), detail);

  async function trace(
    { nhsNumber }: ParsedRequest<'patient.trace'>,
    bornOn?: string,
  ): Promise<TraceOutcome> {
    const currentPatient = begin();
    if (permissions() === undefined) return { kind: 'could-not-trace', fault: fault('signed-out') };
    const outcome = await pds.trace(nhsNumber, currentPatient.abort.signal, bornOn);
    // H3: however late, and whatever it says.
    if (currentPatient !== current) return { kind: 'could-not-trace', fault: fault('patient-changed') };
    if (outcome.kind !== 'traced') return outcome;
    const { birthDate, patient } = outcome;
    currentPatient.patient = {
      context: patient.context,
      nhsNumber: patient.nhsNumber,
      nhsNumbers: [nhsNumber, patient.nhsNumber],
      birthDate,
    };
    return { kind: 'traced', patient };
  }

  async function search(request: ParsedRequest<'patient.search'>): Promise<SearchOutcome> {
    const currentPatient = begin();
    if (permissions() === undefined) return { kind: 'could-not-search', fault: fault('signed-out') };
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
    const refusal = refuse(request.careSetting, allowed);
    if (refusal !== undefined) return notAsked(refusal);
    if (pending !== undefined) {
      // H4: a second click waits for the first one's answer; it never sends a second question.
      return pending.careSetting === request.careSetting
        ? pending.outcome
        : notAsked(fault('request-refused', lookupDetails.stillAsking));
    }
    const earlier = request.careSetting === 'unscheduled' ? earlierCheck(patient.nhsNumber) : undefined;
    if (earlier !== undefined && request.repeat !== 'again') {
      return { kind: 'confirm-repeat', askedBefore: earlier.at.toISOString(), about: earlier.about }; // H4
    }
    const outcome = ask(currentPatient, patient, request);
    currentPatient.pending = { careSetting: request.careSetting, outcome };
    try {
      return await outcome;
    } finally {
      delete currentPatient.pending;
      delete currentPatient.notifyingSince;
    }
  }

  function earlierCheck(
    nhsNumber: NhsNumber,
  ): { readonly at: Date; readonly about: 'this-patient' | 'not-known' } | undefined {
    const at = memory.earlier(nhsNumber);
    if (at !== undefined) return { at, about: 'this-patient' };
    return earlierSession !== undefined && earlierSession.userId === userId()
      ? { at: earlierSession.notifiedAt, about: 'not-known' }
      : undefined;
  }

  function refuse(careSetting: CareSetting, allowed: Permissions): Fault | undefined {
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

  async function ask(
    currentPatient: CurrentPatient,
    patient: Patient,
    request: CheckRequest,
  ): Promise<CheckOutcome> {
    const { careSetting, repeat } = request;
    const { nhsNumber } = patient;
    const checkId = newId();
    const isUnscheduled = careSetting === 'unscheduled';
    delete currentPatient.found;
    const veto = await mayAsk(currentPatient, {
      query: 'check',
      nhsNumber,
      careSetting,
      mayNotify: isUnscheduled,
      repeat,
      checkId,
    });
    if (veto !== undefined) return notAsked(veto);
    // H4: remembered before it is sent, for from then on nothing can take it back.
    const sentAt = clock();
    const sent = isUnscheduled ? memory.record(nhsNumber, sentAt) : undefined;
    if (isUnscheduled) currentPatient.notifyingSince = sentAt;
    const answer = await cpis.check(nhsNumber, careSetting, currentPatient.abort.signal, checkId);
    sent?.resolve(answer.notification);
    const outcome = describeOutcome(checkId, careSetting, answer);
    if (currentPatient !== current) {
      return { kind: 'could-not-check', retrieval: outcome.retrieval, fault: fault('patient-changed') }; // H3
    }
    if (outcome.kind === 'found') currentPatient.found = { checkId, careSetting };
    return outcome;
  }

  /** The last gate before CP-IS: audit written, patient and session still the same. */
  async function mayAsk(currentPatient: CurrentPatient, query: CpisQuery): Promise<Fault | undefined> {
    try {
      const veto = await beforeCpisQuery(query);
      if (veto !== undefined) return veto;
    } catch {
      return fault('audit-unavailable');
    }
    if (currentPatient !== current) return fault('patient-changed'); // H3
    return permissions() === undefined ? fault('signed-out') : undefined;
  }

  function describeOutcome(checkId: string, careSetting: CareSetting, answer: CheckAnswer): AnsweredOutcome {
    const retrieval = describeRetrieval(checkId, clock(), careSetting, answer);
    switch (answer.kind) {
      case 'found':
        return {
          kind: 'found',
          retrieval: retrieval,
          plans: answer.plans,
          history: cpis.keepsHistory ? 'ask' : 'not-offered',
        };
      case 'no-record':
        return { kind: 'no-record', retrieval };
      case 'denied':
        return { kind: 'denied', retrieval, fault: answer.fault };
      case 'could-not-check':
        return { kind: 'could-not-check', retrieval, fault: answer.fault };
    }
  }

  async function history({ checkId, from }: ParsedRequest<'cpis.history'>): Promise<HistoryOutcome> {
    const whole = await wholeHistory(checkId, from);
    if (whole.kind === 'could-not-read') return whole;
    const { accesses, incomplete } = whole.history;
    const part = accesses.slice(from, from + accessesInPart);
    return { kind: 'read', history: { accesses: part, total: accesses.length, incomplete } };
  }

  async function wholeHistory(checkId: string, from: number): Promise<WholeHistory> {
    const currentPatient = current;
    const { patient, found } = currentPatient;
    if (permissions() === undefined) return couldNotRead(fault('signed-out'));
    if (patient === undefined || found === undefined || found.checkId !== checkId) {
      return couldNotRead(fault('patient-changed')); // H3
    }
    if (!cpis.keepsHistory) {
      return couldNotRead(fault('request-refused', lookupDetails.noHistoryKept));
    }
    if (found.history !== undefined) return found.history;
    // The rest of something that was not begun: only the first part asks the service.
    if (from > 0) return couldNotRead(fault('request-refused'));
    const reading = readHistory(currentPatient, patient, found);
    found.history = reading;
    const outcome = await reading;
    // A silent read may be asked for again; one that may notify is sent once a check, whatever came of it (H4).
    const mayAskAgain =
      outcome.kind === 'could-not-read' && !historyMayNotify(environment, found.careSetting);
    if (mayAskAgain) delete found.history;
    return outcome;
  }

  async function readHistory(
    currentPatient: CurrentPatient,
    { nhsNumber }: Patient,
    { checkId, careSetting }: FoundCheck,
  ): Promise<WholeHistory> {
    const mayNotify = historyMayNotify(environment, careSetting);
    const veto = await mayAsk(currentPatient, {
      query: 'history',
      nhsNumber,
      careSetting,
      mayNotify,
      repeat: 'first',
      checkId,
    });
    if (veto !== undefined) return couldNotRead(veto);
    const outcome = await cpis.history(nhsNumber, careSetting, currentPatient.abort.signal, checkId);
    return currentPatient === current ? outcome : couldNotRead(fault('patient-changed')); // H3
  }

  return {
    trace,
    search,
    check,
    history,
    openPatient() {
      const { patient } = current;
      return (
        patient && {
          context: patient.context,
          nhsNumbers: patient.nhsNumbers,
          birthDate: patient.birthDate,
        }
      );
    },
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
          memory = createNotificationHistory(); // H14
          earlierSession = undefined;
          break;
      }
      return notifyingSince;
    },
  };
}

/** As many as the page draws within a frame. CP-IS keeps 25 accesses; nothing says that it never sends more. */
const accessesInPart = 100;

type AnsweredOutcome = Extract<CheckOutcome, { readonly retrieval: unknown }>;

function notAsked(fault: Fault): CheckOutcome {
  return { kind: 'not-asked', fault };
}

function couldNotRead(fault: Fault): WholeHistory {
  return { kind: 'could-not-read', fault };
}
