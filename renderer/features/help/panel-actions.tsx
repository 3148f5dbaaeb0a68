import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';

interface Props {
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** The way on from a page of the help. */
export function PanelActions({ onBack, onClose }: Props): ReactNode {
  return (
    <div className="actions">
      <Button kind="secondary" onClick={onBack}>
        Back to Help
      </Button>
      <Button onClick={onClose}>Close</Button>
    </div>
  );
}
