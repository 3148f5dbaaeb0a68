/** H12: stands instead of a stale answer. The user can ask again, or show it with a notice of its age. */
import type { ReactNode } from 'react';
import type { Retrieval } from '../../../shared/outcome.ts';
import { Button } from '../../components/button.tsx';
import { formatInstant } from '../../components/instant-text.ts';

interface Props {
  readonly retrieval: Retrieval;
  readonly asking: boolean;
  readonly onAskAgain: () => void;
}

export function StaleResult(props: Props & { readonly onShow: () => void }): ReactNode {
  const { retrieval, asking, onAskAgain, onShow } = props;
  return (
    <div className="stale">
      <p className="stale__sentence">
        This answer is from {formatInstant(retrieval.retrievedAt)}. Ask again or show?
      </p>
      {retrieval.careSetting === 'unscheduled' && <p>Asking again may notify the local authority again.</p>}
      <div className="actions">
        <Button busy={asking} onClick={onAskAgain}>
          Ask again
        </Button>
        <Button kind="secondary" onClick={onShow}>
          Show
        </Button>
        {asking && <span className="busy">Checking CP-IS…</span>}
      </div>
    </div>
  );
}

/** Stands above a stale answer that the user has shown again. */
export function StaleNotice({ retrieval, asking, onAskAgain }: Props): ReactNode {
  return (
    <div className="callout callout--row">
      <p>This answer is from {formatInstant(retrieval.retrievedAt)}. It may have changed since.</p>
      <button
        type="button"
        className="small-button"
        aria-disabled={asking || undefined}
        onClick={() => {
          if (!asking) onAskAgain();
        }}
      >
        Ask again
      </button>
    </div>
  );
}
