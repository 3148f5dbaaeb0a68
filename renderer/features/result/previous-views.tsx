/** H15: who looked before, with a state of its own: it can fail while the plans stand. */
import { type ReactNode, useEffect } from 'react';
import type { HistoryOutcome } from '../../../shared/outcome.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import type { HistoryState } from '../../app/journey.ts';
import type { HistoryActions } from '../../app/use-journey.ts';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { HistoryTable } from './history-table.tsx';

const headingId = 'previously-viewed-by';

interface Props {
  readonly history: HistoryState;
  readonly actions: HistoryActions;
}

export function PreviousViews({ history, actions }: Props): ReactNode {
  return (
    <section className="previous-views" aria-labelledby={headingId}>
      <h2 id={headingId}>Previously viewed by</h2>
      <Content history={history} actions={actions} />
    </section>
  );
}

function Content({ history, actions }: Props): ReactNode {
  switch (history.kind) {
    case 'not-offered':
      return <p>This service does not say who has viewed the record before.</p>;
    case 'waiting':
      return <p className="busy">Reading who has viewed the record before…</p>;
    case 'answered':
      return <Read checkId={history.checkId} outcome={history.outcome} actions={actions} />;
  }
}

interface ReadProps {
  readonly checkId: string;
  readonly outcome: HistoryOutcome;
  readonly actions: HistoryActions;
}

function Read({ checkId, outcome, actions }: ReadProps): ReactNode {
  const announce = useAnnounce();
  const words = spoken(outcome);
  useEffect(() => announce(words), [words, announce]);
  if (outcome.kind === 'could-not-read') {
    return (
      <div className="fault">
        <p className="fault__heading">The history could not be read. The plans above are complete.</p>
        <FaultDetail fault={outcome.fault} />
        {/* Silent: reading the history notifies nobody (H4). */}
        <Button kind="secondary" onClick={() => actions.readHistoryAgain(checkId)}>
          Try again
        </Button>
      </div>
    );
  }
  const { accesses, total, incomplete } = outcome.history;
  const further = total - accesses.length;
  return (
    <>
      <p className="previous-views__extent">Views in unscheduled care, the latest 25 at most.</p>
      {incomplete !== undefined && <p className="callout">{incomplete}</p>}
      {accesses.length === 0 ? (
        <p>No earlier views are recorded.</p>
      ) : (
        <HistoryTable accesses={accesses} labelledBy={headingId} />
      )}
      {/* H15: what is shown is not all. */}
      {further > 0 && (
        <>
          <p>
            These are the latest {accesses.length} of {total} views.
          </p>
          <Button kind="secondary" onClick={() => actions.readMoreHistory(checkId, accesses.length)}>
            Show more views
          </Button>
        </>
      )}
    </>
  );
}

function spoken(outcome: HistoryOutcome): string {
  if (outcome.kind === 'could-not-read') return 'The history could not be read';
  const { accesses, total } = outcome.history;
  const shown = accesses.length < total ? `the latest ${accesses.length} of ` : '';
  return `Previously viewed by: ${shown}${total} ${total === 1 ? 'entry' : 'entries'}`;
}
