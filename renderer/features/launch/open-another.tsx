import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckOnItsWay } from '../../components/check-on-its-way.tsx';
import { Modal } from '../../components/modal.tsx';
import { useDoubleClickGuard } from '../../components/use-double-click-guard.ts';

interface Props {
  /** Where the patient comes from. */
  readonly reason: string;
  /** `same`: the patient on the screen is to be confirmed and checked as any other, in place of the answer of the list. */
  readonly patient: 'other' | 'same';
  /** The patient on the screen. */
  readonly closes: string;
  /** An unscheduled check is on its way (H5). */
  readonly notifying: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/**
 * H3: a patient replaces the one on the screen only after the user's yes: another one, or the one whom a clinic list
 * has opened.
 */
export function OpenAnother({ reason, patient, closes, notifying, onYes, onNo }: Props): ReactNode {
  const open = useDoubleClickGuard();
  const isSame = patient === 'same';
  const heading = isSame ? 'Open this patient again?' : 'Open another patient?';
  return (
    <Modal heading={heading} behind="opaque" onDismiss={onNo}>
      <p>
        {reason} This closes {isSame && 'the answer of the clinic list for '}
        <strong>{closes}</strong>
        {isSame ? ', which stays in the list.' : '.'}
      </p>
      {notifying && <CheckOnItsWay />}
      <div className="actions">
        <Button busy={!open} onClick={onYes}>
          {isSame ? 'Close this answer and open the patient' : 'Close this patient and open the other'}
        </Button>
        <Button kind="secondary" onClick={onNo}>
          {isSame ? 'Stay with this answer' : 'Stay with this patient'}
        </Button>
      </div>
    </Modal>
  );
}
