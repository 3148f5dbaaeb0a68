import type { ReactNode } from 'react';
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { Moment } from '../../../shared/elapsed.ts';
import type { CareSetting, Retrieval } from '../../../shared/outcome.ts';
import { warnedSentence } from '../../../shared/outcome-words.ts';
import type { SiteHelp } from '../../../shared/site-help.ts';
import type { HistoryState } from '../../state/lookup.ts';
import type { HistoryActions } from '../../state/use-lookup.ts';
import { PlanCard } from './plan-card.tsx';
import { PreviousViews } from './previous-views.tsx';
import { useOutOfHours } from './use-out-of-hours.ts';
import { WhatToDoWithRecord } from './what-to-do.tsx';

interface Props {
  readonly plans: readonly CarePlanView[];
  /** There may be other records. */
  readonly warned: boolean;
  readonly siteHelp: SiteHelp;
  readonly careSetting: CareSetting;
  readonly retrieval: Retrieval;
  /** When this answer was put on the screen, in milliseconds since 1970. */
  readonly shownSince: Moment;
  readonly history: HistoryState;
  readonly actions: HistoryActions;
}

/** H11: every record as a card, current ones first, then the access history. */
export function Found({
  plans,
  warned,
  siteHelp,
  careSetting,
  retrieval,
  shownSince,
  history,
  actions,
}: Props): ReactNode {
  const outOfHours = useOutOfHours(retrieval, shownSince);
  return (
    <>
      {warned && (
        <div className="callout">
          <p>{warnedSentence}</p>
        </div>
      )}
      <div className="beside">
        <ul className="plans" aria-label="Records">
          {plans.map((plan, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two plans may be alike in every word, and never move
            <li key={index}>
              <PlanCard plan={plan} id={`plan-${index}`} outOfHours={outOfHours} />
            </li>
          ))}
        </ul>
        <WhatToDoWithRecord plans={plans} siteHelp={siteHelp} />
      </div>
      <PreviousViews careSetting={careSetting} history={history} actions={actions} />
    </>
  );
}
