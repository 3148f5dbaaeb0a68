/**
 * The state machine of a lookup, from one patient to the answer about that patient. It holds all clinical data of this
 * window, and drops them when the user leaves the patient or the signed-in screens close (H10).
 */
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { Moment } from '../../shared/elapsed.ts';
import type { Fault } from '../../shared/fault.ts';
import type { CareSetting, CheckedOutcome, CheckOutcome, HistoryOutcome } from '../../shared/outcome.ts';
import type { TakenTime } from '../../shared/taken-time.ts';

/** One question to CP-IS. Its `id` and the patient's `context` decide whether its answer is shown (H3). */
export interface CheckRequest {
  readonly id: number;
  readonly context: string;
  readonly careSetting: CareSetting;
}

export type ShownOutcome =
  | Exclude<CheckOutcome, { kind: 'confirm-repeat' }>
  /** The main process gave no outcome, so the question may have been sent or not (H2, H4). */
  | { readonly kind: 'lost'; readonly fault: Fault };

export type HistoryState =
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'waiting'; readonly checkId: string }
  | { readonly kind: 'answered'; readonly checkId: string; readonly outcome: HistoryOutcome };

export interface Answer {
  readonly careSetting: CareSetting;
  readonly outcome: ShownOutcome;
  readonly history: HistoryState;
  /** When the answer was last put on the screen: some time later it is stale (H12). */
  readonly shownSince: Moment;
  /** A stale answer is hidden until the user asks for it. */
  readonly age: 'fresh' | 'stale' | 'shown-again';
}

/** A question that needs the user's yes, because it may notify the local authority again (H4). */
export interface RepeatOffer {
  readonly careSetting: CareSetting;
  /** When CP-IS was asked before, where that is known. */
  readonly askedBefore: TakenTime | undefined;
  /** `not-known`: an earlier session asked and ended with the viewer, and its patient is stored nowhere. */
  readonly about: 'this-patient' | 'not-known';
}

export interface PatientOpen {
  readonly at: 'patient';
  readonly patient: PatientView;
  readonly question: CheckRequest | undefined;
  readonly repeatOffer: RepeatOffer | undefined;
  /** `undefined` while the user confirms the patient. */
  readonly answer: Answer | undefined;
}

export type LookupState =
  | {
      readonly at: 'no-patient';
      /** The user left the last patient while an unscheduled question was on its way; it cannot be recalled (H5). */
      readonly leftUnanswered: boolean;
    }
  | PatientOpen;

export type LookupEvent =
  | { readonly type: 'patient-traced'; readonly patient: PatientView }
  /** A patient of a clinic list, with the answer that the main process has kept. `ageMs`: since CP-IS answered (H12). */
  | {
      readonly type: 'kept-opened';
      readonly patient: PatientView;
      readonly outcome: CheckedOutcome;
      readonly ageMs: number;
      readonly staleAfterMs: number;
      readonly now: Moment;
    }
  | { readonly type: 'patient-left' }
  | { readonly type: 'asked'; readonly question: CheckRequest }
  | {
      readonly type: 'answered';
      readonly question: CheckRequest;
      readonly outcome: CheckOutcome | Extract<ShownOutcome, { kind: 'lost' }>;
      readonly now: Moment;
    }
  | { readonly type: 'repeat-offered'; readonly offer: RepeatOffer }
  | { readonly type: 'repeat-declined' }
  | { readonly type: 'history-asked'; readonly checkId: string }
  | {
      readonly type: 'history-answered';
      readonly checkId: string;
      /** How many accesses the window had when it asked for this part. */
      readonly from: number;
      readonly outcome: HistoryOutcome;
    }
  | { readonly type: 'became-stale' }
  | { readonly type: 'shown-again'; readonly now: Moment };

export const initialLookup: LookupState = { at: 'no-patient', leftUnanswered: false };

/** The state after an event; the same state where the event does not belong to it. */
export function nextLookup(lookup: LookupState, event: LookupEvent): LookupState {
  if (event.type === 'patient-traced' || event.type === 'kept-opened') {
    return {
      at: 'patient',
      patient: event.patient,
      question: undefined,
      repeatOffer: undefined,
      answer:
        event.type === 'kept-opened'
          ? {
              ...answerOf('scheduled', event.outcome, earlier(event.now, event.ageMs)),
              // H12: an old answer is neither seen first nor spoken.
              age: event.ageMs >= event.staleAfterMs ? 'stale' : 'fresh',
            }
          : undefined,
    };
  }
  return lookup.at === 'no-patient' ? lookup : advanceWithPatient(lookup, event);
}

function advanceWithPatient(
  lookup: PatientOpen,
  event: Exclude<LookupEvent, { type: 'patient-traced' | 'kept-opened' }>,
): LookupState {
  switch (event.type) {
    case 'patient-left':
      return { at: 'no-patient', leftUnanswered: lookup.question?.careSetting === 'unscheduled' };
    case 'asked':
      return { ...lookup, question: event.question, repeatOffer: undefined };
    case 'answered':
      return isAwaited(lookup, event.question) ? answered(lookup, event) : lookup;
    case 'repeat-offered':
      return { ...lookup, repeatOffer: event.offer };
    case 'repeat-declined':
      return { ...lookup, repeatOffer: undefined };
    case 'history-asked':
      return withHistory(lookup, { kind: 'waiting', checkId: event.checkId });
    case 'history-answered':
      return withHistory(lookup, {
        kind: 'answered',
        checkId: event.checkId,
        outcome: joinHistory(lookup.answer?.history, event),
      });
    case 'became-stale':
      return lookup.answer === undefined ? lookup : { ...lookup, answer: { ...lookup.answer, age: 'stale' } };
    case 'shown-again':
      return lookup.answer === undefined
        ? lookup
        : { ...lookup, answer: { ...lookup.answer, age: 'shown-again', shownSince: event.now } };
  }
}

/** H3: an answer to another question, or about another patient, is dropped. */
function isAwaited(lookup: PatientOpen, question: CheckRequest): boolean {
  return lookup.question?.id === question.id && lookup.patient.context === question.context;
}

function answered(
  lookup: PatientOpen,
  { question, outcome, now }: Extract<LookupEvent, { type: 'answered' }>,
): LookupState {
  const { careSetting } = question;
  if (outcome.kind === 'confirm-repeat') {
    const { askedBefore, about } = outcome;
    const repeatOffer = { careSetting, askedBefore, about };
    return { ...lookup, question: undefined, repeatOffer };
  }
  const answer = answerOf(careSetting, outcome, now);
  return { ...lookup, question: undefined, repeatOffer: undefined, answer };
}

function answerOf(careSetting: CareSetting, outcome: ShownOutcome, shownSince: Moment): Answer {
  const history: HistoryState =
    outcome.kind === 'found' && outcome.history === 'ask'
      ? { kind: 'waiting', checkId: outcome.retrieval.checkId }
      : { kind: 'not-offered' };
  return { careSetting, outcome, history, shownSince, age: 'fresh' };
}

function earlier({ wallMs, monotonicMs }: Moment, ms: number): Moment {
  return { wallMs: wallMs - ms, monotonicMs: monotonicMs - ms };
}

/** H15: appends a further part once, to the part it follows; where it cannot be read, the whole history counts as not read. */
function joinHistory(
  before: HistoryState | undefined,
  { from, outcome }: Extract<LookupEvent, { type: 'history-answered' }>,
): HistoryOutcome {
  if (before?.kind !== 'answered' || before.outcome.kind !== 'read' || outcome.kind !== 'read') {
    return outcome;
  }
  const { accesses } = before.outcome.history;
  if (accesses.length !== from) return before.outcome;
  return {
    kind: 'read',
    history: { ...outcome.history, accesses: [...accesses, ...outcome.history.accesses] },
  };
}

/** H3, H15: a history is stored only with the answer it was read for. */
function withHistory(
  lookup: PatientOpen,
  history: Exclude<HistoryState, { kind: 'not-offered' }>,
): LookupState {
  const { answer } = lookup;
  if (answer === undefined || answer.history.kind === 'not-offered') return lookup;
  if (answer.history.checkId !== history.checkId) return lookup;
  return { ...lookup, answer: { ...answer, history } };
}
