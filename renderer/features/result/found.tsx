/** H11: every plan as a card, current first as they come; then who looked before. */
import type { ReactNode } from 'react';
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { HistoryState } from '../../app/journey.ts';
import type { HistoryActions } from '../../app/use-journey.ts';
import { PlanCard } from './plan-card.tsx';
import { PreviousViews } from './previous-views.tsx';

interface Props {
  readonly plans: readonly CarePlanView[];
  readonly history: HistoryState;
  readonly actions: HistoryActions;
}

export function Found({ plans, history, actions }: Props): ReactNode {
  return (
    <>
      <ul className="plans" aria-label="Plans">
        {plans.map((plan, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two plans may be alike in every word, and never move
          <li key={index}>
            <PlanCard plan={plan} id={`plan-${index}`} />
          </li>
        ))}
      </ul>
      <PreviousViews history={history} actions={actions} />
    </>
  );
}
