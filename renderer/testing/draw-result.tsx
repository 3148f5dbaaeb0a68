import type { ApplicationView } from '../../shared/application.ts';
import type { CarePlanView } from '../../shared/clinical/cp-is.ts';
import type { PatientNote } from '../../shared/clinical/patient.ts';
import { makeFault } from '../../shared/fault.ts';
import { application, retrieval, user } from '../../shared/testing/synthetic.ts';
import { Result } from '../features/result/result.tsx';
import type { Answer, ShownOutcome } from '../state/lookup.ts';
import { momentNow } from '../state/moment-now.ts';
import type { LookupActions } from '../state/use-lookup.ts';
import { drawn } from './drawn.ts';

const nothing = (): void => {};

const actions: LookupActions = {
  confirmPatient: nothing,
  openKept: nothing,
  leavePatient: nothing,
  check: nothing,
  checkAgain: nothing,
  offerRepeat: nothing,
  declineRepeat: nothing,
  readHistoryAgain: nothing,
  readMoreHistory: nothing,
  markStale: nothing,
  showAgain: nothing,
};

export const fault = makeFault('service-failing', 'ref-1');

/** An answer for tests, of a check in unscheduled care, with what a test changes. */
export const answerOf = (outcome: ShownOutcome, more: Partial<Answer> = {}): Answer => ({
  careSetting: 'unscheduled',
  outcome,
  history: { kind: 'not-offered' },
  shownSince: momentNow(),
  age: 'fresh',
  ...more,
});

/** The outcome with these records, for tests. */
export const foundWith = (
  plans: readonly [CarePlanView, ...CarePlanView[]],
  warned = false,
): Extract<ShownOutcome, { kind: 'found' }> => ({
  kind: 'found',
  retrieval,
  plans,
  warned,
  history: 'ask',
});

/** The result as it is drawn at first, with nothing being checked. `site`: what differs in the application. */
export function drawResult(
  answer: Answer,
  notes: readonly PatientNote[] = [],
  site: Partial<ApplicationView> = {},
  hasOneRole = false,
) {
  return drawn(
    <Result
      notes={notes}
      answer={answer}
      asking="no"
      application={{ ...application, ...site }}
      user={user}
      actions={actions}
      onChangeRole={hasOneRole ? undefined : nothing}
    />,
  );
}
