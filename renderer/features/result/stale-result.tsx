/** H12: an old answer is not on the screen. It can be asked again, or shown as what it is: old. */
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
    <div className="covered">
      <p className="covered__sentence">
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

/** Stays over an old answer that is shown again. */
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
