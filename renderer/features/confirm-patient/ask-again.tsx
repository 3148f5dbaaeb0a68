/** H4: a repeat in unscheduled care notifies again, so it needs a new, informed yes. */
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { formatInstant } from '../../components/instant-text.ts';
import { Modal } from '../../components/modal.tsx';
import { useDoubleClickGuard } from '../../components/use-double-click-guard.ts';
import type { RepeatOffer } from '../../state/lookup.ts';

interface Props {
  readonly offer: RepeatOffer;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function AskAgain({ offer, onYes, onNo }: Props): ReactNode {
  const open = useDoubleClickGuard();
  return (
    <Modal heading="Ask again?" onDismiss={onNo}>
      {offer.askedBefore !== undefined && offer.about === 'not-known' && (
        <p>
          CP-IS Viewer ended before you signed out. You asked CP-IS in unscheduled care before that, last at{' '}
          {formatInstant(offer.askedBefore)}. It may have been about this patient: whom you asked about was
          not kept.
        </p>
      )}
      {offer.askedBefore !== undefined && offer.about === 'this-patient' && (
        <p>
          CP-IS has already been asked about this patient in unscheduled care:{' '}
          {formatInstant(offer.askedBefore)}.
        </p>
      )}
      <p>
        <strong>Asking again may notify the local authority again.</strong>
      </p>
      <div className="actions">
        <Button busy={!open} onClick={onYes}>
          Ask again
        </Button>
        <Button kind="secondary" onClick={onNo}>
          Do not ask
        </Button>
      </div>
    </Modal>
  );
}
