/** H11: every plan as a card, current ones first, then the access history. */
import type { ReactNode } from 'react';
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import type { HistoryState } from '../../state/lookup.ts';
import type { HistoryActions } from '../../state/use-lookup.ts';
import { PlanCard } from './plan-card.tsx';
import { PreviousViews } from './previous-views.tsx';

interface Props {
  readonly plans: readonly CarePlanView[];
  readonly careSetting: CareSetting;
  readonly history: HistoryState;
  readonly actions: HistoryActions;
}

export function Found({ plans, careSetting, history, actions }: Props): ReactNode {
  return (
    <>
      {/* H11: the number of records, because the first may fill the screen. */}
      {plans.length > 1 && <p className="plans-count">{plans.length} records. Current ones come first.</p>}
      <ul className="plans" aria-label="Records">
        {plans.map((plan, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two plans may be alike in every word, and never move
          <li key={index}>
            <PlanCard plan={plan} id={`plan-${index}`} />
          </li>
        ))}
      </ul>
      <PreviousViews careSetting={careSetting} history={history} actions={actions} />
    </>
  );
}
