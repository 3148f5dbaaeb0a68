/**
 * From one patient to the answer about that patient, as a pure state machine. Everything clinical that this window
 * knows is in here, and is gone when the patient is left, or when the signed-in screens are (H10).
 */
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { Fault } from '../../shared/fault.ts';
import type { CareSetting, CheckOutcome, HistoryOutcome } from '../../shared/outcome.ts';

/** One question to CP-IS. Its `id` and the patient's `context` decide whether an answer is still wanted (H3). */
export interface CheckRequest {
  readonly id: number;
  readonly context: string;
  readonly careSetting: CareSetting;
}

export type ShownOutcome =
  | Exclude<CheckOutcome, { kind: 'confirm-repeat' }>
  /** The window heard no outcome at all, so nobody here knows whether the question went out (H2, H4). */
  | { readonly kind: 'lost'; readonly fault: Fault };

export type HistoryState =
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'waiting'; readonly checkId: string }
  | { readonly kind: 'answered'; readonly checkId: string; readonly outcome: HistoryOutcome };

export interface Answer {
  readonly careSetting: CareSetting;
  readonly outcome: ShownOutcome;
  readonly history: HistoryState;
  /** Since when it may be shown, in milliseconds since 1970; from then it is covered after a while (H12). */
  readonly shownSince: number;
  readonly cover: 'not-yet' | 'covered' | 'shown-again';
}

/** A question that waits for a yes, because it may notify the local authority again (H4). */
export interface RepeatOffer {
  readonly careSetting: CareSetting;
  /** When it was asked before, where that is known. */
  readonly askedBefore: string | undefined;
  /** `not-known`: in a session that ended with the viewer, about a patient that is kept nowhere. */
  readonly about: 'this-patient' | 'not-known';
}

export interface PatientOpen {
  readonly at: 'patient';
  readonly patient: PatientView;
  readonly question: CheckRequest | undefined;
  readonly repeatOffer: RepeatOffer | undefined;
  /** None yet: the patient is being confirmed. */
  readonly answer: Answer | undefined;
}

export type LookupState =
  | {
      readonly at: 'no-patient';
      /** The last patient was left while an unscheduled question was on its way: it cannot be called back (H5). */
      readonly leftUnanswered: boolean;
    }
  | PatientOpen;

export type LookupEvent =
  | { readonly type: 'patient-traced'; readonly patient: PatientView }
  | { readonly type: 'patient-left' }
  | { readonly type: 'asked'; readonly question: CheckRequest }
  | {
      readonly type: 'answered';
      readonly question: CheckRequest;
      readonly outcome: CheckOutcome | Extract<ShownOutcome, { kind: 'lost' }>;
      readonly now: number;
    }
  | { readonly type: 'repeat-offered'; readonly offer: RepeatOffer }
  | { readonly type: 'repeat-declined' }
  | { readonly type: 'history-asked'; readonly checkId: string }
  | {
      readonly type: 'history-answered';
      readonly checkId: string;
      /** How many accesses were there already when it was asked for. */
      readonly from: number;
      readonly outcome: HistoryOutcome;
    }
  | { readonly type: 'cover-due' }
  | { readonly type: 'shown-again'; readonly now: number };

export const initialLookup: LookupState = { at: 'no-patient', leftUnanswered: false };

export function nextLookup(lookup: LookupState, event: LookupEvent): LookupState {
  if (event.type === 'patient-traced') {
    return {
      at: 'patient',
      patient: event.patient,
      question: undefined,
      repeatOffer: undefined,
      answer: undefined,
    };
  }
  return lookup.at === 'no-patient' ? lookup : advanceWithPatient(lookup, event);
}

function advanceWithPatient(
  lookup: PatientOpen,
  event: Exclude<LookupEvent, { type: 'patient-traced' }>,
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
    case 'cover-due':
      return lookup.answer === undefined
        ? lookup
        : { ...lookup, answer: { ...lookup.answer, cover: 'covered' } };
    case 'shown-again':
      return lookup.answer === undefined
        ? lookup
        : { ...lookup, answer: { ...lookup.answer, cover: 'shown-again', shownSince: event.now } };
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
  const history: HistoryState =
    outcome.kind === 'found' && outcome.history === 'ask'
      ? { kind: 'waiting', checkId: outcome.retrieval.checkId }
      : { kind: 'not-offered' };
  const answer: Answer = { careSetting, outcome, history, shownSince: now, cover: 'not-yet' };
  return { ...lookup, question: undefined, repeatOffer: undefined, answer };
}

/** H15: a further part joins what it follows, once; one that cannot be had makes the whole one that was not read. */
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

/** H3, H15: a history belongs to the answer it was read for, and to no other. */
function withHistory(
  lookup: PatientOpen,
  history: Exclude<HistoryState, { kind: 'not-offered' }>,
): LookupState {
  const { answer } = lookup;
  if (answer === undefined || answer.history.kind === 'not-offered') return lookup;
  if (answer.history.checkId !== history.checkId) return lookup;
  return { ...lookup, answer: { ...answer, history } };
}
