/** The dialogues that can be opened from every screen. They hold nothing clinical. */
import { lazy, type ReactNode, Suspense } from 'react';

export type OpenPanel = 'diagnostics' | 'shortcuts' | undefined;

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
