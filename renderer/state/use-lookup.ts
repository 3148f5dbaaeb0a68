import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { OpenedRow } from '../../shared/clinic-list.ts';
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { CareSetting } from '../../shared/outcome.ts';
import { ask } from '../bridge.ts';
import { type CheckRequest, initialLookup, type LookupState, nextLookup } from './lookup.ts';
import { momentNow } from './moment-now.ts';

export interface LookupActions {
  readonly confirmPatient: (patient: PatientView) => void;
  /** Opens a patient of a clinic list with the kept answer. */
  readonly openKept: (row: Extract<OpenedRow, { kind: 'opened' }>, staleAfterMs: number) => void;
  readonly leavePatient: () => void;
  /** Sends the first question about this patient, or one that notifies no local authority. */
  readonly check: (careSetting: CareSetting) => void;
  /** Sends the question again, after the user's yes to "Check again?". */
  readonly checkAgain: (careSetting: CareSetting) => void;
  /** Opens "Check again?". */
  readonly offerRepeat: (careSetting: CareSetting) => void;
  readonly declineRepeat: () => void;
  readonly readHistoryAgain: (checkId: string) => void;
  /** Reads the part of a long history that follows the first `from` accesses. */
  readonly readMoreHistory: (checkId: string, from: number) => void;
  readonly markStale: () => void;
  readonly showAgain: () => void;
}

export type HistoryActions = Pick<LookupActions, 'readHistoryAgain' | 'readMoreHistory'>;

/** Runs the lookup: asks the main process when the user has chosen to, and at no other time (H4). */
export function useLookup(): readonly [LookupState, LookupActions] {
  const [lookup, advance] = useReducer(nextLookup, initialLookup);
  const questionsAsked = useRef(0);
  /** H4: set before the request leaves, so that a double click finds it set. */
  const unanswered = useRef<CheckRequest | undefined>(undefined);
  const context = lookup.at === 'patient' ? lookup.patient.context : undefined;

  const send = useCallback(
    async (careSetting: CareSetting, repeat: 'first' | 'again'): Promise<void> => {
      if (context === undefined || unanswered.current !== undefined) return;
      questionsAsked.current += 1;
      const question: CheckRequest = { id: questionsAsked.current, context, careSetting };
      unanswered.current = question;
      advance({ type: 'asked', question });
      const reply = await ask('cpis.check', { context, careSetting, repeat });
      if (unanswered.current === question) unanswered.current = undefined;
      const outcome = reply.ok ? reply.value : ({ kind: 'lost', fault: reply.fault } as const);
      advance({ type: 'answered', question, outcome, now: momentNow() });
    },
    [context],
  );

  const readHistory = useCallback(async (checkId: string, from: number): Promise<void> => {
    const reply = await ask('cpis.history', { checkId, from });
    const outcome = reply.ok ? reply.value : ({ kind: 'could-not-read', fault: reply.fault } as const);
    advance({ type: 'history-answered', checkId, from, outcome });
  }, []);

  // Reads the history once the plans are on the screen, so that the history never delays them (H15).
  const history = lookup.at === 'patient' ? lookup.answer?.history : undefined;
  const awaitedHistory = history?.kind === 'waiting' ? history.checkId : undefined;
  useEffect(() => {
    if (awaitedHistory !== undefined) void readHistory(awaitedHistory, 0);
  }, [awaitedHistory, readHistory]);

  return [
    lookup,
    {
      confirmPatient: (patient) => advance({ type: 'patient-traced', patient }),
      openKept: ({ patient, outcome, ageMs }, staleAfterMs) =>
        advance({ type: 'kept-opened', patient, outcome, ageMs, staleAfterMs, now: momentNow() }),
      leavePatient: () => {
        unanswered.current = undefined;
        advance({ type: 'patient-left' });
        void ask('patient.discard', undefined);
      },
      check: (careSetting) => void send(careSetting, 'first'),
      checkAgain: (careSetting) => void send(careSetting, 'again'),
      offerRepeat: (careSetting) =>
        advance({
          type: 'repeat-offered',
          offer: { careSetting, askedBefore: undefined, about: 'this-patient' },
        }),
      declineRepeat: () => advance({ type: 'repeat-declined' }),
      readHistoryAgain: (checkId) => advance({ type: 'history-asked', checkId }),
      readMoreHistory: (checkId, from) => void readHistory(checkId, from),
      markStale: () => advance({ type: 'became-stale' }),
      showAgain: () => advance({ type: 'shown-again', now: momentNow() }),
    },
  ];
}
