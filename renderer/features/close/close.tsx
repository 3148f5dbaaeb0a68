import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Modal } from '../../components/modal.tsx';

export type Leaving = 'change-role' | 'sign-out' | 'close';

const words = {
  'change-role': { act: 'Change role', phrase: 'change role' },
  'sign-out': { act: 'Sign out', phrase: 'sign out' },
  close: { act: 'Close CP-IS Viewer', phrase: 'close CP-IS Viewer' },
} as const;

interface Props {
  readonly leaving: Leaving;
  /** What would be closed. */
  readonly what: 'patient' | 'clinic-list';
  /** An unscheduled check is on its way. */
  readonly notifying: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** H5: an answer, or an unscheduled check that cannot be recalled, is left only after the user's yes. */
export function Close({ leaving, what, notifying, onYes, onNo }: Props): ReactNode {
  const { act, phrase } = words[leaving];
  return (
    <Modal heading="Close?" onDismiss={onNo}>
      {notifying ? (
        <p>
          <strong>A check of this patient in unscheduled care is on its way.</strong> If you {phrase} now, you
          will not see the answer, and the local authority may have been notified.
        </p>
      ) : (
        <p>
          {what === 'patient' ? 'The patient on this screen' : 'Your clinic list'} will be closed if you{' '}
          {phrase}.
        </p>
      )}
      <div className="actions">
        <Button onClick={onYes}>{act}</Button>
        <Button kind="secondary" onClick={onNo}>
          {what === 'patient' ? 'Stay with this patient' : 'Stay'}
        </Button>
      </div>
    </Modal>
  );
}
