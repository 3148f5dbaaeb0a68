/** H15: who looked before, with a state of its own: it can fail while the plans stand. */
import { type ReactNode, useEffect } from 'react';
import type { HistoryOutcome } from '../../../shared/outcome.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import type { HistoryState } from '../../app/journey.ts';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { HistoryTable } from './history-table.tsx';

const headingId = 'previously-viewed-by';

interface Props {
  readonly history: HistoryState;
  readonly onReadAgain: (checkId: string) => void;
}

export function PreviousViews({ history, onReadAgain }: Props): ReactNode {
  return (
    <section className="previous-views" aria-labelledby={headingId}>
      <h2 id={headingId}>Previously viewed by</h2>
      <Content history={history} onReadAgain={onReadAgain} />
    </section>
  );
}

function Content({ history, onReadAgain }: Props): ReactNode {
  switch (history.kind) {
    case 'not-offered':
      return <p>This service does not say who has viewed the record before.</p>;
    case 'waiting':
      return <p className="busy">Reading who has viewed the record before…</p>;
    case 'answered':
      return <Read outcome={history.outcome} onReadAgain={() => onReadAgain(history.checkId)} />;
  }
}

interface ReadProps {
  readonly outcome: HistoryOutcome;
  readonly onReadAgain: () => void;
}

function Read({ outcome, onReadAgain }: ReadProps): ReactNode {
  const announce = useAnnounce();
  const words = spoken(outcome);
  useEffect(() => announce(words), [words, announce]);
  if (outcome.kind === 'could-not-read') {
    return (
      <div className="fault">
        <p className="fault__heading">The history could not be read. The plans above are complete.</p>
        <FaultDetail fault={outcome.fault} />
        {/* Silent: reading the history notifies nobody (H4). */}
        <Button kind="secondary" onClick={onReadAgain}>
          Try again
        </Button>
      </div>
    );
  }
  const { accesses, total, incomplete } = outcome.history;
  return (
    <>
      <p className="previous-views__extent">Views in unscheduled care, the latest 25 at most.</p>
      {/* H15: what is there so far is not all. */}
      {accesses.length < total && (
        <p className="busy">
          {accesses.length} of {total} views so far…
        </p>
      )}
      {incomplete !== undefined && <p className="callout">{incomplete}</p>}
      {accesses.length === 0 ? (
        <p>No earlier views are recorded.</p>
      ) : (
        <HistoryTable accesses={accesses} labelledBy={headingId} />
      )}
    </>
  );
}

function spoken(outcome: HistoryOutcome): string {
  if (outcome.kind === 'could-not-read') return 'The history could not be read';
  const { total } = outcome.history;
  return `Previously viewed by: ${total} ${total === 1 ? 'entry' : 'entries'}`;
}
