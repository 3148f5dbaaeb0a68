import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';

/** H3: the record system has asked for a patient, and over a slow link the viewer does not know yet whether it is this one. */
export function FindingOut({ onNo }: { readonly onNo: () => void }): ReactNode {
  return (
    <Modal heading="Your record system has sent a patient" behind="opaque" onDismiss={onNo}>
      <p>
        The patient on this screen may be another one. Finding out which patient your record system means…
      </p>
      <div className="actions">
        <Button kind="secondary" onClick={onNo}>
          Stay with this patient
        </Button>
      </div>
    </Modal>
  );
}
