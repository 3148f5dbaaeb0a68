import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { formatTaken } from '../../components/instant-text.ts';
import { Modal } from '../../components/modal.tsx';
import { useDoubleClickGuard } from '../../components/use-double-click-guard.ts';
import type { RepeatOffer } from '../../state/lookup.ts';

interface Props {
  readonly offer: RepeatOffer;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** H4: a repeat in unscheduled care notifies again, so it needs a new, informed yes. */
export function CheckAgain({ offer, onYes, onNo }: Props): ReactNode {
  const open = useDoubleClickGuard();
  return (
    <Modal heading="Check again?" onDismiss={onNo}>
      {offer.askedBefore !== undefined && offer.about === 'not-known' && (
        <p>
          CP-IS Viewer ended before you signed out. You checked CP-IS in unscheduled care before that, last at{' '}
          {formatTaken(offer.askedBefore)}. It may have been this patient: CP-IS Viewer does not keep whom you
          checked.
        </p>
      )}
      {offer.askedBefore !== undefined && offer.about === 'this-patient' && (
        <p>
          CP-IS was checked for this patient in unscheduled care before: {formatTaken(offer.askedBefore)}.
        </p>
      )}
      <p>
        <strong>Checking again may notify the local authority again.</strong>
      </p>
      <div className="actions">
        <Button busy={!open} onClick={onYes}>
          Check again
        </Button>
        <Button kind="secondary" onClick={onNo}>
          Cancel
        </Button>
      </div>
    </Modal>
  );
}
