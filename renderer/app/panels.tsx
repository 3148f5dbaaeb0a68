/** The dialogues that every screen can open. They hold nothing clinical, and are loaded when they are first opened. */
import { lazy, type ReactNode, Suspense } from 'react';
import type { ApplicationView } from '../../shared/application.ts';
import type { OpenPanel } from '../state/screen-props.ts';

const About = lazy(() => import('../features/help/about.tsx'));
const Accessibility = lazy(() => import('../features/help/accessibility.tsx'));
const Diagnostics = lazy(() => import('../features/diagnostics/diagnostics.tsx'));
const Guide = lazy(() => import('../features/help/guide.tsx'));
const Help = lazy(() => import('../features/help/help.tsx'));
const Training = lazy(() => import('../features/training/training.tsx'));

interface Props {
  readonly open: OpenPanel;
  readonly application: ApplicationView | undefined;
  readonly onOpen: (panel: OpenPanel) => void;
}

export function Panels({ open, application, onOpen }: Props): ReactNode {
  const onClose = (): void => onOpen(undefined);
  const page = { application, onClose, onBack: () => onOpen('help') };
  return (
    <Suspense>
      {open === 'help' && <Help application={application} onOpen={onOpen} onClose={onClose} />}
      {open === 'guide' && <Guide {...page} />}
      {open === 'about' && <About {...page} />}
      {open === 'accessibility' && <Accessibility {...page} />}
      {open === 'diagnostics' && <Diagnostics onClose={onClose} />}
      {open === 'training' && <Training onClose={onClose} />}
    </Suspense>
  );
}
