/** H3: another patient replaces the one on the screen only after the user's yes. */
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';
import { useDoubleClickGuard } from '../../components/use-double-click-guard.ts';

interface Props {
  /** Where the other patient comes from. */
  readonly reason: string;
  /** The patient on the screen. */
  readonly closes: string;
  /** An unscheduled check is on its way (H5). */
  readonly notifying: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function OpenAnother({ reason, closes, notifying, onYes, onNo }: Props): ReactNode {
  const open = useDoubleClickGuard();
  return (
    <Modal heading="Open another patient?" behind="opaque" onDismiss={onNo}>
      <p>
        {reason} This closes <strong>{closes}</strong>.
      </p>
      {notifying && (
        <p>
          <strong>A check of this patient in unscheduled care is on its way.</strong> You will not see the
          answer, and the local authority may have been notified.
        </p>
      )}
      <div className="actions">
        <Button busy={!open} onClick={onYes}>
          Close this patient and open the other
        </Button>
        <Button kind="secondary" onClick={onNo}>
          Stay with this patient
        </Button>
      </div>
    </Modal>
  );
}
