import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { CareSetting, HistoryOutcome } from '../../../shared/outcome.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import type { HistoryState } from '../../state/lookup.ts';
import type { HistoryActions } from '../../state/use-lookup.ts';
import { HistoryTable } from './history-table.tsx';

const headingId = 'previously-viewed-by';

interface Props {
  /** The care setting of the check. */
  readonly careSetting: CareSetting;
  readonly history: HistoryState;
  readonly actions: HistoryActions;
}

/** H15: the access history. It has a state of its own, because it can fail while the plans are shown. */
export function PreviousViews(props: Props): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section className="previous-views" aria-labelledby={headingId}>
      <h2 id={headingId} ref={heading} tabIndex={-1}>
        Previously viewed by
      </h2>
      <Content {...props} heading={heading} />
    </section>
  );
}

interface WithHeading {
  /** Takes the focus when the focused button disappears. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

function Content({ careSetting, history, actions, heading }: Props & WithHeading): ReactNode {
  switch (history.kind) {
    case 'not-offered':
      return <p>This service does not show who has checked before.</p>;
    case 'waiting':
      return <p className="busy">Reading who has checked before…</p>;
    case 'answered':
      return (
        <Read
          careSetting={careSetting}
          checkId={history.checkId}
          outcome={history.outcome}
          actions={actions}
          heading={heading}
        />
      );
  }
}

interface ReadProps extends Pick<Props, 'careSetting' | 'actions'>, WithHeading {
  readonly checkId: string;
  readonly outcome: HistoryOutcome;
}

function Read({ careSetting, checkId, outcome, actions, heading }: ReadProps): ReactNode {
  const announce = useAnnounce();
  const words = spoken(outcome);
  useEffect(() => announce(words), [words, announce]);
  if (outcome.kind === 'could-not-read') {
    return (
      <div className="fault">
        <p className="fault__heading">
          The history could not be read. The records above do not depend on it.
        </p>
        <FaultDetail fault={outcome.fault} />
        {/* No question first: reading the history notifies no local authority (H4). */}
        <Button
          kind="secondary"
          onClick={() => {
            heading.current?.focus();
            actions.readHistoryAgain(checkId);
          }}
        >
          Read again
        </Button>
      </div>
    );
  }
  const { accesses, total, incomplete } = outcome.history;
  const further = total - accesses.length;
  return (
    <>
      <p className="previous-views__extent">
        The last 25 checks in unscheduled care.
        {careSetting === 'unscheduled' &&
          (accesses.some(({ isThisCheck }) => isThisCheck)
            ? ' This check is included.'
            : ' This check may be included.')}
      </p>
      {incomplete !== undefined && <p className="callout">{incomplete}</p>}
      {/* H15: of a history that is not all there it is not said that it is empty. */}
      {accesses.length === 0 && incomplete === undefined && <p>No earlier checks are recorded.</p>}
      {accesses.length > 0 && <HistoryTable accesses={accesses} labelledBy={headingId} />}
      {/* H15: says that the history shown is incomplete. */}
      {further > 0 && (
        <Further heading={heading}>
          <p>
            The last {accesses.length} of {total} checks are shown.
          </p>
          <Button kind="secondary" onClick={() => actions.readMoreHistory(checkId, accesses.length)}>
            Show more checks
          </Button>
        </Further>
      )}
    </>
  );
}

/** Disappears with the last part. The focus moves to the heading then, and the page does not scroll. */
function Further({ heading, children }: WithHeading & { readonly children: ReactNode }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
    };
  }, [heading]);
  return <div ref={box}>{children}</div>;
}

function spoken(outcome: HistoryOutcome): string {
  if (outcome.kind === 'could-not-read') return 'The history could not be read';
  const { accesses, total, incomplete } = outcome.history;
  const shown = accesses.length < total ? `the last ${accesses.length} of ` : '';
  const partly = incomplete === undefined ? '' : ', part of the history could not be read';
  return `Previously viewed by: ${shown}${total} ${total === 1 ? 'entry' : 'entries'}${partly}`;
}
