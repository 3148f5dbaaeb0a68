import type { ReactNode } from 'react';
import type { Retrieval } from '../../../shared/outcome.ts';
import { retrievedTime } from '../../../shared/taken-time.ts';
import { Button } from '../../components/button.tsx';
import { formatTaken } from '../../components/instant-text.ts';

interface Props {
  readonly retrieval: Retrieval;
  /** As it is drawn. */
  readonly asking: boolean;
  readonly onCheckAgain: () => void;
}

/** H12: stands instead of a stale answer. The user can check again, or show it with a notice of its age. */
export function StaleResult(props: Props & { readonly onShow: () => void }): ReactNode {
  const { retrieval, asking, onCheckAgain, onShow } = props;
  return (
    <div className="stale">
      <p className="stale__sentence">
        This answer is from {formatTaken(retrievedTime(retrieval))}. Check again, or show this answer?
      </p>
      {retrieval.careSetting === 'unscheduled' && <p>Checking again may notify the local authority again.</p>}
      <div className="actions">
        <Button busy={asking} onClick={onCheckAgain}>
          Check again
        </Button>
        <Button kind="secondary" onClick={onShow}>
          Show this answer
        </Button>
        {asking && <span className="busy">Checking CP-IS…</span>}
      </div>
    </div>
  );
}

/** Stands above a stale answer that the user has shown again. */
export function StaleNotice({ retrieval, asking, onCheckAgain }: Props): ReactNode {
  return (
    <div className="callout callout--row">
      <p>This answer is from {formatTaken(retrievedTime(retrieval))}. It may have changed since.</p>
      <button
        type="button"
        className="small-button"
        aria-disabled={asking || undefined}
        onClick={onCheckAgain}
      >
        Check again
      </button>
    </div>
  );
}
