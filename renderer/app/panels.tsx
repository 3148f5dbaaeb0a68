/** The dialogues that every screen can open. They hold nothing clinical. */
import { lazy, type ReactNode, Suspense } from 'react';
import type { OpenPanel } from '../state/screen-props.ts';

const Diagnostics = lazy(() => import('../features/diagnostics/diagnostics.tsx'));
const Shortcuts = lazy(() => import('../features/shortcuts/shortcuts.tsx'));

interface Props {
  readonly open: OpenPanel;
  readonly onClose: () => void;
}

export function Panels({ open, onClose }: Props): ReactNode {
  return (
    <Suspense>
      {open === 'diagnostics' && <Diagnostics onClose={onClose} />}
      {open === 'shortcuts' && <Shortcuts onClose={onClose} />}
    </Suspense>
  );
}
